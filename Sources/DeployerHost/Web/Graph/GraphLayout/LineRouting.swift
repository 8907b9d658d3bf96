/// The places of layers beside each other, and the ways of lines through them.
struct LineRouting {
    private let graph: LayeredGraph
    private let heights: [Double]
    private let starts: [Double]
    private let widths: [Double]
    /// Where each segment leaves its left vertex and meets its right one, relative to their middles.
    private let ports: [(left: Double, right: Double)]

    init(graph: LayeredGraph, heights: [Double]) {
        self.graph = graph
        self.heights = heights
        ports = Self.ports(of: graph, heights: heights)
        widths = graph.layers.map { layer in layer.map { graph.vertices[$0].width }.max() ?? 0 }
        // The steeper lines get between two layers, the more room they have.
        var climbs = [Double](repeating: 0, count: graph.layers.count)
        for (segment, port) in zip(graph.segments, ports) {
            let climb = abs(heights[segment.left] + port.left - heights[segment.right] - port.right)
            let layer = graph.vertices[segment.left].layer
            climbs[layer] = max(climbs[layer], climb)
        }
        var starts = [0.0]
        for (width, climb) in zip(widths, climbs) {
            let gap = min(GraphMetrics.widestLayerGap, GraphMetrics.narrowestLayerGap + climb / 8)
            starts.append((starts.last ?? 0) + width + gap.rounded())
        }
        self.starts = starts
    }

    /// From the left edge of the first layer to the right edge of the last.
    var width: Double { widths.isEmpty ? 0 : starts[widths.count - 1] + widths[widths.count - 1] }

    func middle(of layer: Int) -> Double { starts[layer] + widths[layer] / 2 }

    /// The points of a line from left to right: through every layer at one height, bending between them.
    func points(along segments: [Int]) -> [GraphLayout.Point] {
        var points: [GraphLayout.Point] = []
        for index in segments {
            let segment = graph.segments[index]
            let (left, right) = (graph.vertices[segment.left], graph.vertices[segment.right])
            let leave = heights[segment.left] + ports[index].left
            let meet = heights[segment.right] + ports[index].right
            if !left.isPassage {
                points.append(GraphLayout.Point(x: middle(of: left.layer) + left.width / 2, y: leave))
            }
            points.append(GraphLayout.Point(x: starts[left.layer] + widths[left.layer], y: leave))
            points.append(GraphLayout.Point(x: starts[right.layer], y: meet))
            if !right.isPassage {
                points.append(GraphLayout.Point(x: middle(of: right.layer) - right.width / 2, y: meet))
            }
        }
        return Self.simplified(points)
    }

    /// Without points in the middle of a straight line.
    private static func simplified(_ points: [GraphLayout.Point]) -> [GraphLayout.Point] {
        var result: [GraphLayout.Point] = []
        for point in points {
            let before = result.suffix(2)
            if point == result.last { continue }
            if before.count == 2, before.allSatisfy({ abs($0.y - point.y) < 0.05 }) { result.removeLast() }
            result.append(point)
        }
        return result
    }

    /// Spreads the segments over the sides of boxes, in the order in which their other ends lie.
    private static func ports(of graph: LayeredGraph, heights: [Double]) -> [(left: Double, right: Double)] {
        var result = [(left: Double, right: Double)](repeating: (0, 0), count: graph.segments.count)
        for side in [LayeredGraph.Side.left, .right] {
            for (vertex, segments) in zip(graph.vertices.indices, graph.adjacency(side)) {
                guard !graph.vertices[vertex].isPassage, segments.count > 1 else { continue }
                let sorted = segments.sorted { first, second in
                    let (one, other) = (graph.segments[first], graph.segments[second])
                    let ends =
                        side == .left
                        ? (heights[one.left], heights[other.left]) : (heights[one.right], heights[other.right])
                    return ends.0 != ends.1 ? ends.0 < ends.1 : first < second
                }
                let offsets = GraphMetrics.ports(sorted.count, height: 2 * graph.vertices[vertex].below)
                for (segment, offset) in zip(sorted, offsets) {
                    if side == .left { result[segment].right = offset } else { result[segment].left = offset }
                }
            }
        }
        return result
    }
}
