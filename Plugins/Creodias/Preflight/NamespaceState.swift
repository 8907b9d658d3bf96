internal import Documents

/// What a namespace holds, as seen by one solution. Pure.
enum NamespaceState: Equatable {
    case absent
    case empty
    /// Holds this solution, and nothing of others.
    case ours
    /// Holds another solution of ours, by its id.
    case otherSolution(String)
    /// Holds what others have made; the text names some of it.
    case foreign(String)
    /// Is being deleted.
    case terminating

    /// - Parameters:
    ///   - namespace: the Namespace object; nil if there is none, `.null` if it may not be read.
    ///   - objects: what it holds, as kind, name and object.
    ///   - pods: its pods; those of our Deployments carry no label of ours and are recognised by their owner.
    init(namespace: Document?, objects: [(kind: String, object: Document)], pods: [Document], solution: String) {
        guard let namespace else {
            self = .absent
            return
        }
        if namespace["status"]?["phase"]?.string == "Terminating" || namespace["metadata"]?["deletionTimestamp"] != nil
        {
            self = .terminating
            return
        }
        var strangers: [String] = []
        var isOurs = false
        for (kind, object) in objects {
            switch Ownership(of: object, solution: solution) {
            case .ours: isOurs = true
            case .otherSolution(let id):
                self = .otherSolution(id)
                return
            case .foreign: strangers.append("\(kind) \(object["metadata"]?["name"]?.string ?? "")")
            }
        }
        // Pods of Deployments are judged by these.
        strangers += pods.filter { !Self.isOfReplicaSet($0) }.map { "Pod \($0["metadata"]?["name"]?.string ?? "")" }
        if !strangers.isEmpty {
            let more = strangers.count > 3 ? " and \(strangers.count - 3) more" : ""
            self = .foreign(strangers.prefix(3).joined(separator: ", ") + more)
        } else {
            self = isOurs ? .ours : .empty
        }
    }

    private static func isOfReplicaSet(_ pod: Document) -> Bool {
        (pod["metadata"]?["ownerReferences"]?.array ?? []).contains { $0["kind"]?.string == "ReplicaSet" }
    }
}
