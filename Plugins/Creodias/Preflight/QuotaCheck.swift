internal import Documents
internal import Kubernetes

/// Whether new objects fit into the namespace's quotas. Pure.
struct QuotaCheck {
    /// One phrase for each limit that would be passed.
    let excesses: [String]

    /// - Parameter new: how many objects of each kind are to be made.
    init(quotas: [Document], new: [ObjectKind: Int]) {
        excesses = quotas.flatMap { quota -> [String] in
            let name = quota["metadata"]?["name"]?.string ?? ""
            return new.sorted { $0.key.resource < $1.key.resource }.flatMap { kind, count in
                Self.keys(kind).compactMap { key -> String? in
                    guard count > 0, let hard = quota["status"]?["hard"]?[key].flatMap({ Quantity($0) }) else {
                        return nil
                    }
                    let used = quota["status"]?["used"]?[key].flatMap { Quantity($0) }
                    let total = (used?.thousandths ?? 0) + Double(count) * 1_000
                    guard total > hard.thousandths else { return nil }
                    return "quota \(name) permits \(Int(hard.thousandths / 1_000)) \(key), "
                        + "\(Int((used?.thousandths ?? 0) / 1_000)) are used and \(count) more are needed"
                }
            }
        }
    }

    private static func keys(_ kind: ObjectKind) -> [String] {
        let suffix = kind.group.isEmpty ? "" : ".\(kind.group)"
        return ["count/\(kind.resource)\(suffix)"] + (kind.group.isEmpty ? [kind.resource] : [])
    }
}
