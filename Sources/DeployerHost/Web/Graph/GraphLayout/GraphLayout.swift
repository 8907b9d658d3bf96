/// Where everything of a drawing is: boxes, and lines with their labels.
///
/// What is linked is laid out from left to right, a part below the other; what is not stands in rows below; the
/// orchestrator is a bar above everything. The same graph always gives the same layout.
struct GraphLayout: Sendable {
    private(set) var boxes: [Box] = []
    private(set) var lines: [Line] = []
    private(set) var width = 0.0
    private(set) var height = 0.0
    /// How many boxes were left out because there are too many.
    private(set) var omittedNodes = 0
    /// How many lines were left out because there are too many.
    private(set) var omittedEdges = 0

    /// A point; `y` grows downwards.
    struct Point: Sendable, Hashable {
        var x: Double
        var y: Double
    }

    /// An upright rectangle.
    struct Rect: Sendable, Hashable {
        var x: Double
        var y: Double
        var width: Double
        var height: Double
    }

    /// A node's box; a folder's contains its tab.
    struct Box: Sendable {
        /// The node's index in the graph.
        let node: Int
        var frame: Rect
    }

    /// An edge's line.
    struct Line: Sendable {
        /// The edge's index in the graph.
        let edge: Int
        /// From the box it leaves to the box it goes to. Between two points of one height it is straight, elsewhere it
        /// bends; a loop goes straight from point to point.
        var points: [Point]
        /// Where the label is; nil where there is none.
        var label: Rect?
        let isLoop: Bool
    }

    init(_ graph: PipelineGraph) {
        let sizes = BoxSizes(graph)
        let links = GraphLinks(graph)
        let bars = graph.nodes.indices.filter { graph.nodes[$0].kind == .orchestrator }
        omittedNodes = links.omittedNodes
        height = GraphMetrics.margin + Double(bars.count) * Self.barStep
        if let skeletons = Self.skeletons(of: links, graph: graph, sizes: sizes) {
            for (part, skeleton) in zip(links.parts, skeletons) {
                place(PartLayout(graph: graph, part: part, skeleton: skeleton, sizes: sizes))
            }
            let loose = links.looseNodes
            place(GraphGrid(nodes: loose, loops: links.loops, graph: graph, sizes: sizes, width: width))
        } else {
            omittedEdges = links.edgeCount
            place(GraphGrid(nodes: links.drawnNodes, loops: [:], graph: graph, sizes: sizes, width: 0))
        }
        place(bars, of: graph)
        width += 2 * GraphMetrics.margin
        height += GraphMetrics.margin - (boxes.isEmpty ? 0 : GraphMetrics.partGap)
    }

    private static let barStep = GraphMetrics.barHeight + GraphMetrics.partGap

    /// The layers of every part; nil where there are too many lines, or where they would have too many points.
    private static func skeletons(of links: GraphLinks, graph: PipelineGraph, sizes: BoxSizes) -> [PartSkeleton]? {
        guard links.edgeCount <= GraphLimits.edges else { return nil }
        var skeletons: [PartSkeleton] = []
        var room = GraphLimits.vertices
        for part in links.parts {
            guard let skeleton = PartSkeleton(graph: graph, part: part, sizes: sizes, most: room) else { return nil }
            room -= skeleton.graph.vertices.count
            skeletons.append(skeleton)
        }
        return skeletons
    }

    /// Puts the orchestrators above everything, as wide as everything.
    private mutating func place(_ bars: [Int], of graph: PipelineGraph) {
        width = max(width, bars.map { OrchestratorBar(graph.nodes[$0]).width }.max() ?? 0)
        for (row, node) in bars.enumerated() {
            let y = GraphMetrics.margin + Double(row) * Self.barStep
            let frame = Rect(x: GraphMetrics.margin, y: y, width: width, height: GraphMetrics.barHeight)
            boxes.append(Box(node: node, frame: frame))
        }
    }

    /// Takes over a part that begins at 0, 0, below everything that is there.
    private mutating func place(_ part: some GraphPart) {
        guard !part.boxes.isEmpty else { return }
        let shift = Point(x: GraphMetrics.margin, y: height)
        boxes += part.boxes.map { box in
            var box = box
            box.frame = box.frame.moved(by: shift)
            return box
        }
        lines += part.lines.map { line in
            var line = line
            line.points = line.points.map { Point(x: $0.x + shift.x, y: $0.y + shift.y) }
            line.label = line.label?.moved(by: shift)
            return line
        }
        width = max(width, part.width)
        height += part.height + GraphMetrics.partGap
    }
}

extension GraphLayout.Rect {
    var midX: Double { x + width / 2 }
    var maxX: Double { x + width }
    var maxY: Double { y + height }

    fileprivate func moved(by shift: GraphLayout.Point) -> Self {
        Self(x: x + shift.x, y: y + shift.y, width: width, height: height)
    }
}
