/// Boxes in rows, for nodes that nothing is linked to.
struct GraphGrid: GraphPart {
    private(set) var boxes: [GraphLayout.Box] = []
    private(set) var lines: [GraphLayout.Line] = []
    private(set) var width = 0.0
    private(set) var height = 0.0
    private static let fewestColumns = 4

    /// - Parameters:
    ///   - loops: the edges from a node to itself, by the node.
    ///   - width: the width that may be filled; a row is never shorter than four boxes.
    init(nodes: [Int], loops: [Int: [Int]], graph: PipelineGraph, sizes: BoxSizes, width available: Double) {
        let cell = max(
            sizes.modelWidth, nodes.contains { graph.nodes[$0].kind == .sharedFolder } ? sizes.folderWidth : 0)
        let fitting = Int((available + GraphMetrics.boxGap) / (cell + GraphMetrics.boxGap))
        let columns = max(Self.fewestColumns, fitting, Int((Double(nodes.count) / 3).squareRoot().rounded(.up)))
        for start in stride(from: 0, to: nodes.count, by: columns) {
            let row = nodes[start..<min(start + columns, nodes.count)]
            let rise = row.map { SelfLoops.rise(loops[$0]?.count ?? 0) }.max() ?? 0
            let tallest = row.map { sizes.size(of: graph.nodes[$0].kind).height }.max() ?? 0
            for (column, node) in row.enumerated() {
                let size = sizes.size(of: graph.nodes[node].kind)
                let frame = GraphLayout.Rect(
                    x: Double(column) * (cell + GraphMetrics.boxGap),
                    y: height + rise + tallest - size.height,
                    width: size.width,
                    height: size.height
                )
                boxes.append(GraphLayout.Box(node: node, frame: frame))
                lines += SelfLoops.lines(loops[node] ?? [], above: frame)
                self.width = max(self.width, frame.maxX)
            }
            height += rise + tallest + GraphMetrics.boxGap
        }
        height = max(0, height - GraphMetrics.boxGap)
    }
}
