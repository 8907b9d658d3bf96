internal import Documents
internal import Passes
internal import Secrets

/// Which pods must run on one machine because they share folders.
///
/// Nodes that are linked by any chain of folders are one group with one affinity term: the scheduler counts only pods
/// that match all terms of a pod, so with a term per folder two pods that share one of them could be separated.
/// The term matches the pod itself, which lets the first pod of a group run anywhere.
struct ColocationGroups {
    static let labelValue = "consumer"
    private let labelByNode: [String: String]

    init(_ folders: [PlannedFolder]) {
        var groups: [(claims: [String], nodes: Set<String>)] = []
        for folder in folders {
            let linked = groups.filter { !$0.nodes.isDisjoint(with: folder.consumers) }
            groups.removeAll { !$0.nodes.isDisjoint(with: folder.consumers) }
            groups.append(
                (
                    claims: linked.flatMap(\.claims) + [folder.claimName],
                    nodes: linked.reduce(into: Set(folder.consumers)) { $0.formUnion($1.nodes) }
                )
            )
        }
        labelByNode = groups.reduce(into: [:]) { table, group in
            guard let claim = group.claims.min() else { return }
            for node in group.nodes { table[node] = Self.label(for: claim) }
        }
    }

    /// The label of a node's pod; nil where it shares nothing.
    func label(of node: String) -> String? { labelByNode[node] }

    /// The affinity of pods with that label.
    static func affinity(label: String) -> Document {
        let term: Document = [
            "labelSelector": ["matchLabels": .object([label: .string(labelValue)])],
            "topologyKey": "kubernetes.io/hostname",
        ]
        return ["podAffinity": ["requiredDuringSchedulingIgnoredDuringExecution": .array([term])]]
    }

    /// The part of a label's name behind the slash has at most 63 characters.
    private static func label(for claim: String) -> String {
        let part = "folder-\(claim)"
        let name = part.utf8.count <= 63 ? part : "\(part.prefix(50))-\(SHA256(hashing: claim.utf8).hex.prefix(12))"
        return "graphene-deployer/\(name)"
    }
}
