/// The texts of an edge as they fit: the message above its line, the operations below.
struct EdgeLabel {
    let message: String
    let operation: String

    /// Nil where there is nothing to say, as at a shared folder.
    init?(_ edge: PipelineGraph.Edge) {
        guard !edge.message.isEmpty || !edge.operation.isEmpty else { return nil }
        message = GraphText.fitted(edge.message, width: GraphMetrics.widestLabel, size: GraphMetrics.smallSize)
        operation = GraphText.fitted(edge.operation, width: GraphMetrics.widestLabel, size: GraphMetrics.smallSize)
    }

    /// The width of the wider one.
    var width: Double {
        max(
            GraphText.width(message, size: GraphMetrics.smallSize),
            GraphText.width(operation, size: GraphMetrics.smallSize)
        )
    }
}
