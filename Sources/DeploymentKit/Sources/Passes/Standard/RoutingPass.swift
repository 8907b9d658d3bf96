internal import Blueprints
internal import Documents

/// Takes splitters and collators out of the pipeline: the orchestrator has no such logic and would refuse them.
///
/// Where one only passes messages on, direct links do the same, because the orchestrator copies an output to every
/// link and merges what arrives. Any other is refused.
public struct RoutingPass: SolutionPass {
    /// The pass has no settings.
    public init() {}

    /// Takes the routers out of the blueprint.
    public func apply(to draft: inout SolutionDraft) throws(Refusal) {
        guard var blueprint = draft.blueprint else { return }
        for name in blueprint.nodes.filter(\.isRouter).map(\.containerName) {
            guard let router = blueprint.nodes.first(where: { $0.containerName == name }) else { continue }
            guard passesMessagesOn(router) else { throw refusal(of: router) }
            try bypass(router, in: &blueprint)
            draft.note(.information, node: name, "is replaced by direct links, which carry the same messages")
        }
        draft.blueprint = blueprint
    }

    /// A splitter that copies, or either kind without a mapping whose messages come out as they went in.
    private func passesMessagesOn(_ router: BlueprintNode) -> Bool {
        let field = router.kind == .splitter ? "splitter" : "collator"
        let map = router["\(field)_map"] ?? .null
        let type = map["\(field)_type"]?.string?.lowercased()
        guard map.isNull || (router.kind == .splitter && type == "copy-based") else { return false }
        return router.operations.allSatisfy { $0.input == $0.output }
    }

    /// Leads every link into the router on to where the router's own links go.
    private func bypass(_ router: BlueprintNode, in blueprint: inout Blueprint) throws(Refusal) {
        let onward = Dictionary(router.operations.map { ($0.name, $0.edges) }, uniquingKeysWith: +)
        blueprint.nodes.removeAll { $0.containerName == router.containerName }
        blueprint.removeInputPorts { container, _ in container == router.containerName }
        var budget = ParsePass().limits.edges
        for node in blueprint.nodes.indices {
            for operation in blueprint.nodes[node].operations.indices {
                let edges = blueprint.nodes[node].operations[operation].edges
                budget -= edges.count
                guard edges.contains(where: { $0.containerName == router.containerName }) else { continue }
                var direct = EdgeList()
                for edge in edges {
                    guard edge.containerName == router.containerName else {
                        direct.append(edge)
                        continue
                    }
                    guard let replacements = onward[edge.operationName] else {
                        throw danglingLink(to: router, edge, from: blueprint.nodes[node])
                    }
                    for replacement in replacements where replacement.containerName != router.containerName {
                        if direct.append(replacement) { budget -= 1 }
                        guard budget >= 0 else { throw tooManyLinks(instead: router) }
                    }
                }
                blueprint.nodes[node].operations[operation].edges = direct.edges
            }
        }
    }

    private func danglingLink(to router: BlueprintNode, _ edge: BlueprintEdge, from node: BlueprintNode) -> Refusal {
        Refusal(
            node: node.containerName,
            field: "connected_to",
            problem: "It is linked to \(router.containerName).\(edge.operationName), which that node does not list",
            remedy: "Draw that link again in Design Studio and validate the pipeline"
        )
    }

    private func tooManyLinks(instead router: BlueprintNode) -> Refusal {
        Refusal(
            node: router.containerName,
            field: "connected_to",
            problem:
                "Replacing it by direct links gives more links than the \(ParsePass().limits.edges) that are accepted",
            remedy: "Divide the pipeline into several"
        )
    }

    private func refusal(of router: BlueprintNode) -> Refusal {
        let kind = router.kind == .splitter ? "splitter" : "collator"
        return Refusal(
            node: router.containerName,
            field: "\(kind)_map",
            problem: "The \(kind) changes messages, which the orchestrator cannot do",
            remedy: "Replace it in Design Studio by direct links, or by a model that does the same"
        )
    }
}

extension BlueprintNode {
    fileprivate var isRouter: Bool { kind == .splitter || kind == .collator }
}
