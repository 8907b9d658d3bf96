/// Where the texts of the orchestrator's bar are, side by side.
struct OrchestratorBar {
    let label: String
    let sublabel: String
    let sublabelX: Double
    let stateX: Double
    let width: Double
    private static let gap = 20.0
    private static let widestText = 260.0

    init(_ node: PipelineGraph.Node) {
        label = GraphText.fitted(node.label, width: Self.widestText, size: GraphMetrics.nameSize)
        sublabel = GraphText.fitted(node.sublabel ?? "", width: Self.widestText, size: GraphMetrics.smallSize)
        sublabelX = GraphMetrics.padding + GraphText.width(label, size: GraphMetrics.nameSize) + Self.gap
        stateX = sublabelX + GraphText.width(sublabel, size: GraphMetrics.smallSize) + Self.gap
        let state = node.state == nil ? -Self.gap : GraphMetrics.narrowestBox - 2 * GraphMetrics.padding
        width = stateX + state + GraphMetrics.padding
    }
}
