/// The layout of nodes that are linked with each other, in layers from left to right.
struct PartLayout: GraphPart {
    private(set) var boxes: [GraphLayout.Box] = []
    private(set) var lines: [GraphLayout.Line] = []
    private(set) var width = 0.0
    private(set) var height = 0.0

    init(graph: PipelineGraph, part: GraphLinks.Part, skeleton: PartSkeleton, sizes: BoxSizes) {
        let layered = CrossingReduction.ordered(skeleton.graph)
        let heights = CoordinateAssignment.heights(of: layered)
        let routes = LineRouting(graph: layered, heights: heights)
        width = routes.width
        height = layered.vertices.indices.map { heights[$0] + layered.vertices[$0].below }.max() ?? 0
        for (place, node) in part.nodes.enumerated() {
            let vertex = layered.vertices[place]
            let tab = sizes.tab(of: graph.nodes[node].kind)
            let frame = GraphLayout.Rect(
                x: routes.middle(of: vertex.layer) - vertex.width / 2,
                y: heights[place] - vertex.below - tab,
                width: vertex.width,
                height: 2 * vertex.below + tab
            )
            boxes.append(GraphLayout.Box(node: node, frame: frame))
            lines += SelfLoops.lines(part.loops[node] ?? [], above: frame)
        }
        lines += skeleton.chains.map { chain in
            let points = routes.points(along: chain.segments)
            return GraphLayout.Line(
                edge: chain.edge,
                points: chain.isReversed ? points.reversed() : points,
                label: chain.label.map { label in
                    let vertex = layered.vertices[label]
                    return GraphLayout.Rect(
                        x: routes.middle(of: vertex.layer) - vertex.width / 2,
                        y: heights[label] - vertex.above,
                        width: vertex.width,
                        height: vertex.above + vertex.below
                    )
                },
                isLoop: false
            )
        }
    }
}
