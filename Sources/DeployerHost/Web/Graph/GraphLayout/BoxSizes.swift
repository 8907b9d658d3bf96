/// How large boxes are: all containers are equally wide, all folders too.
struct BoxSizes {
    let modelWidth: Double
    let folderWidth: Double
    /// The height of a box that few lines meet, without a folder's tab.
    let height: Double

    init(_ graph: PipelineGraph) {
        modelWidth = Self.width(of: graph.nodes.filter { $0.kind == .model })
        folderWidth = Self.width(of: graph.nodes.filter { $0.kind == .sharedFolder })
        let showsStates = graph.nodes.contains { $0.kind != .orchestrator && $0.state != nil }
        height = GraphMetrics.boxHeight + (showsStates ? GraphMetrics.stateHeight : 0)
    }

    func width(of kind: PipelineGraph.Kind) -> Double { kind == .sharedFolder ? folderWidth : modelWidth }

    /// Width and height of a box that so many lines meet at one side.
    func size(of kind: PipelineGraph.Kind, ports: Int = 0) -> (width: Double, height: Double) {
        (width(of: kind), max(height, GraphMetrics.height(forPorts: ports)) + tab(of: kind))
    }

    /// How much of a box is a folder's tab.
    func tab(of kind: PipelineGraph.Kind) -> Double { kind == .sharedFolder ? GraphMetrics.tabHeight : 0 }

    private static func width(of nodes: [PipelineGraph.Node]) -> Double {
        let texts = nodes.map { node in
            max(
                GraphText.width(GraphMarkup.shortened(node.label), size: GraphMetrics.nameSize),
                GraphText.width(GraphMarkup.shortened(node.sublabel ?? ""), size: GraphMetrics.smallSize)
            )
        }
        let wanted = ((texts.max() ?? 0) + 2 * GraphMetrics.padding).rounded(.up)
        return min(GraphMetrics.widestBox, max(GraphMetrics.narrowestBox, wanted))
    }
}
