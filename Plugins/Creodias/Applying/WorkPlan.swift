internal import Documents
internal import Kubernetes
internal import TargetContract

/// What a deployment has to do in a namespace: the difference between what is wanted and what is there. Pure.
struct WorkPlan: Sendable {
    /// In the order of work.
    let works: [ObjectWork]
    /// Objects of ours that an earlier revision left.
    let leftovers: [ObjectIdentity]

    /// - Parameters:
    ///   - desired: what the solution wants.
    ///   - live: what is in the namespace, whoever owns it, by kind.
    ///   - solution: the value of the solution's label.
    init(desired: [DesiredObject], live: [ObjectKind: [Document]], solution: String) {
        let ordered = desired.sorted { $0.stage.rawValue < $1.stage.rawValue }
        works = ordered.map { object in
            let found = live[object.kind]?.first { $0["metadata"]?["name"]?.string == object.name }
            guard let found else { return ObjectWork(object: object, action: .create) }
            let comparable = object.kind == .secret ? Redaction.digested(found) : found
            let changes = ObjectComparison(live: comparable, desired: object.document).changes
            return ObjectWork(object: object, action: changes.isEmpty ? .keep : .change(changes))
        }
        let wanted = Set(desired.map { "\($0.kind.kind)/\($0.name)" })
        leftovers = Self.prunable.flatMap { kind in
            (live[kind] ?? []).compactMap { object -> ObjectIdentity? in
                guard Ownership(of: object, solution: solution) == .ours,
                    let name = object["metadata"]?["name"]?.string, let uid = object["metadata"]?["uid"]?.string,
                    !wanted.contains("\(kind.kind)/\(name)")
                else { return nil }
                return ObjectIdentity(kind: kind, name: name, uid: uid)
            }
        }
    }

    /// Never claims: they hold people's data.
    private static let prunable: [ObjectKind] = [.deployment, .service, .ingress]

    /// Whether nothing has to be written.
    var isEmpty: Bool { leftovers.isEmpty && !works.contains(where: \.isNeeded) }

    var changes: [DeploymentPreview.ObjectChange] {
        works.map { work in
            let kind = work.object.kind.kind
            switch work.action {
            case .create: return .init(action: .created, kind: kind, name: work.object.name)
            case .keep: return .init(action: .unchanged, kind: kind, name: work.object.name)
            case .change(let changes):
                let fields = changes.map { change in
                    DeploymentPreview.FieldChange(
                        path: "\(change.path)",
                        before: change.before.map { Redaction.text($0, at: change.path, of: work.object.kind) },
                        after: change.after.map { Redaction.text($0, at: change.path, of: work.object.kind) }
                    )
                }
                return .init(action: .changed, kind: kind, name: work.object.name, fields: fields)
            }
        } + leftovers.map { .init(action: .pruned, kind: $0.kind.kind, name: $0.name) }
    }
}
