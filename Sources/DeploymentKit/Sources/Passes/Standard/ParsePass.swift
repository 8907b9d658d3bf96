internal import Blueprints
internal import Documents

/// Reads the blueprint and checks what every later pass relies on: there are nodes, no two have one name, and every
/// edge leads to a node. Edges are rewritten to the exact name of their node.
public struct ParsePass: SolutionPass {
    /// The most nodes, operations and edges of a pipeline that is accepted.
    public var limits: (nodes: Int, operations: Int, edges: Int) = (2_000, 20_000, 100_000)

    /// The pass has the limits that are accepted.
    public init() {}

    /// Fills in the draft's blueprint.
    public func apply(to draft: inout SolutionDraft) throws(Refusal) {
        guard case .pipeline(let bytes, _) = draft.source.content else { return }
        var blueprint = try parse(bytes)
        try checkSize(of: blueprint)
        let names = try exactNames(in: blueprint)
        for node in blueprint.nodes.indices {
            try checkOperations(of: blueprint.nodes[node])
            try resolveEdges(of: &blueprint.nodes[node], names: names, draft: &draft)
        }
        blueprint.resolveInputPorts(names)
        if blueprint.wantsProbe {
            draft.note(.warning, "the pipeline asks for a probe (probeIndicator); a probe is not deployed")
        }
        draft.blueprint = blueprint
    }

    private func parse(_ bytes: [UInt8]) throws(Refusal) -> Blueprint {
        do {
            return try Blueprint(Document(json: bytes, limits: .catalogue))
        } catch let error as BlueprintError {
            throw Refusal(
                node: error.node,
                field: error.field,
                problem: error.problem,
                remedy: "Open the pipeline in Design Studio, save and validate it again"
            )
        } catch {
            throw Refusal(
                node: nil,
                field: "blueprint.json",
                problem: "\(error)",
                remedy: "Open the pipeline in Design Studio, save and validate it again"
            )
        }
    }

    private func checkSize(of blueprint: Blueprint) throws(Refusal) {
        guard !blueprint.nodes.isEmpty else {
            throw Refusal(
                node: nil,
                field: "nodes",
                problem: "The pipeline has no nodes",
                remedy: "Put at least one model on the canvas of Design Studio and validate the pipeline"
            )
        }
        let operations = blueprint.nodes.reduce(0) { $0 + $1.operations.count }
        let edges = blueprint.nodes.reduce(0) { $0 + $1.operations.reduce(0) { $0 + $1.edges.count } }
        for (field, count, limit) in [
            ("nodes", blueprint.nodes.count, limits.nodes),
            ("operation_signature_list", operations, limits.operations),
            ("connected_to", edges, limits.edges),
        ] where count > limit {
            throw Refusal(
                node: nil,
                field: field,
                problem: "The pipeline has \(count) entries there, at most \(limit) are accepted",
                remedy: "Divide it into several pipelines"
            )
        }
    }

    /// The names of all nodes by their lower-case form.
    private func exactNames(in blueprint: Blueprint) throws(Refusal) -> [String: String] {
        var names: [String: String] = [:]
        for node in blueprint.nodes {
            let previous = names.updateValue(node.containerName, forKey: node.containerName.lowercased())
            guard let previous else { continue }
            let problem =
                previous == node.containerName
                ? "Two nodes are called \"\(previous)\""
                : "The nodes \"\(previous)\" and \"\(node.containerName)\" differ in case only"
            throw Refusal(
                node: node.containerName,
                field: "container_name",
                problem: problem,
                remedy: "Rename one of them in Design Studio and validate the pipeline again"
            )
        }
        return names
    }

    /// The orchestrator has one queue per operation of a node and fails late where there would be two.
    private func checkOperations(of node: BlueprintNode) throws(Refusal) {
        var seen: Set<String> = []
        for operation in node.operations where !seen.insert(operation.name).inserted {
            throw Refusal(
                node: node.containerName,
                field: "operation_signature_list",
                problem: "The operation \(operation.name) is listed twice",
                remedy: "Open the pipeline in Design Studio, save and validate it again"
            )
        }
    }

    private func resolveEdges(
        of node: inout BlueprintNode,
        names: [String: String],
        draft: inout SolutionDraft
    ) throws(Refusal) {
        for index in node.operations.indices {
            let operation = node.operations[index].name
            var edges = EdgeList()
            for var edge in node.operations[index].edges {
                guard let exact = names[edge.containerName.lowercased()] else {
                    throw Refusal(
                        node: node.containerName,
                        field: "connected_to",
                        problem: "\(operation) is linked to \"\(edge.containerName)\", and there is no such node",
                        remedy: "Draw that link again in Design Studio and validate the pipeline"
                    )
                }
                edge.containerName = exact
                if !edges.append(edge) {
                    let text = "\(operation) is linked to \(exact).\(edge.operationName) twice; one link is left out"
                    draft.note(.information, node: node.containerName, text)
                }
            }
            node.operations[index].edges = edges.edges
        }
    }
}
