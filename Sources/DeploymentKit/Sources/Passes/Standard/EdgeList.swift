internal import Blueprints

/// Links in their order, each once: one link twice makes the orchestrator fail.
struct EdgeList {
    private(set) var edges: [BlueprintEdge] = []
    private var seen: Set<[String]> = []

    /// Whether the link was not there yet.
    @discardableResult
    mutating func append(_ edge: BlueprintEdge) -> Bool {
        guard seen.insert([edge.containerName, edge.operationName]).inserted else { return false }
        edges.append(edge)
        return true
    }
}
