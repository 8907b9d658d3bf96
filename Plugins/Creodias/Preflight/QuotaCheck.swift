internal import Documents
internal import Kubernetes

/// Whether new objects fit into the namespace's quotas. Pure.
struct QuotaCheck {
    /// One phrase for each limit that would be passed.
    let excesses: [String]
    /// What quotas demand of every container and the new ones do not have, for instance `limits.memory`. Pods without it
    /// are refused unless a LimitRange of the namespace fills it in.
    let demands: [String]

    /// - Parameter new: the objects that are to be made, by kind.
    init(quotas: [Document], new: [ObjectKind: [Document]]) {
        let needs = QuotaNeeds(new)
        excesses = quotas.flatMap { quota -> [String] in
            let name = quota["metadata"]?["name"]?.string ?? ""
            return (quota["status"]?["hard"]?.object?.members ?? []).compactMap { limit in
                guard let needed = needs.amounts[limit.key], needed > 0, let hard = Quantity(limit.value) else {
                    return nil
                }
                let used = quota["status"]?["used"]?[limit.key].flatMap { Quantity($0) }
                guard (used?.thousandths ?? 0) + needed > hard.thousandths else { return nil }
                return "quota \(name) permits \(Self.text(limit.value)) of \(limit.key), "
                    + "\(quota["status"]?["used"]?[limit.key].map(Self.text) ?? "0") are used "
                    + "and \(Self.text(thousandths: needed)) more are needed"
            }
        }
        let limited = Set(quotas.flatMap { $0["status"]?["hard"]?.object?.keys ?? [] })
        demands = needs.unset.filter(limited.contains)
    }

    private static func text(_ value: Document) -> String { value.string ?? value.jsonText() }

    /// Whole numbers without a fraction, large ones in binary units where they are whole there.
    private static func text(thousandths: Double) -> String {
        let value = thousandths / 1_000
        guard value == value.rounded(), value < 1e15 else { return "\(value)" }
        let units: [(String, Int)] = [("Gi", 1 << 30), ("Mi", 1 << 20)]
        guard let (unit, size) = units.first(where: { Int(value) >= $0.1 && Int(value) % $0.1 == 0 }) else {
            return "\(Int(value))"
        }
        return "\(Int(value) / size)\(unit)"
    }
}

/// What new objects add to the amounts that quotas limit, in thousandths, by the quotas' names for them.
private struct QuotaNeeds {
    private(set) var amounts: [String: Double] = [:]
    /// Amounts that at least one container leaves open.
    private(set) var unset: [String] = []

    init(_ new: [ObjectKind: [Document]]) {
        for (kind, objects) in new where !objects.isEmpty {
            let suffix = kind.group.isEmpty ? "" : ".\(kind.group)"
            add("count/\(kind.resource)\(suffix)", 1_000 * Double(objects.count))
            if kind.group.isEmpty { add(kind.resource, 1_000 * Double(objects.count)) }
        }
        for claim in new[.claim] ?? [] {
            add("requests.storage", claim["spec"]?["resources"]?["requests"]?["storage"])
        }
        var isUnset: Set<String> = []
        for deployment in new[.deployment] ?? [] {
            add("pods", 1_000)
            add("count/pods", 1_000)
            for container in deployment["spec"]?["template"]?["spec"]?["containers"]?.array ?? [] {
                for (group, resource) in Self.resources {
                    let amount = container["resources"]?[group]?[resource]
                    add("\(group).\(resource)", amount)
                    // Requests of cpu and memory also go by their bare names.
                    if group == "requests" { add(resource, amount) }
                    if amount == nil { isUnset.insert("\(group).\(resource)") }
                }
                add("requests.nvidia.com/gpu", container["resources"]?["limits"]?["nvidia.com/gpu"])
            }
        }
        unset = Self.resources.map { "\($0.group).\($0.resource)" }.filter(isUnset.contains)
    }

    private static let resources: [(group: String, resource: String)] = [
        ("requests", "cpu"), ("requests", "memory"), ("limits", "cpu"), ("limits", "memory"),
    ]

    private mutating func add(_ key: String, _ thousandths: Double) { amounts[key, default: 0] += thousandths }

    private mutating func add(_ key: String, _ amount: Document?) {
        if let quantity = amount.flatMap({ Quantity($0) }) { add(key, quantity.thousandths) }
    }
}
