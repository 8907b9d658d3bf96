/// Gives every vertex its height in the drawing, so that lines are straight where they can be and nodes stand in the
/// middle of their neighbours.
///
/// After Brandes and Köpf, "Fast and Simple Horizontal Coordinate Assignment" (2001): four extreme alignments, each
/// packed tightly, are averaged.
struct CoordinateAssignment {
    private let graph: LayeredGraph
    private let positions: [Int]
    private let leftSegments: [[Int]]
    private let rightSegments: [[Int]]
    /// Per segment, whether it crosses a straight part of a long line and gives way.
    private let isConflicting: [Bool]

    /// The height of each vertex; the topmost edge of all is 0.
    static func heights(of graph: LayeredGraph) -> [Double] {
        let assignment = CoordinateAssignment(graph)
        var candidates: [[Double]] = []
        for side in [LayeredGraph.Side.left, .right] {
            for isMirrored in [false, true] {
                candidates.append(assignment.candidate(side: side, isMirrored: isMirrored))
            }
        }
        return assignment.separated(assignment.average(candidates))
    }

    private init(_ graph: LayeredGraph) {
        self.graph = graph
        positions = graph.positions()
        leftSegments = graph.adjacency(.left)
        rightSegments = graph.adjacency(.right)
        isConflicting = Self.conflicts(in: graph, positions: positions, leftSegments: leftSegments)
    }

    /// The segments that cross one between two passages.
    private static func conflicts(in graph: LayeredGraph, positions: [Int], leftSegments: [[Int]]) -> [Bool] {
        var result = [Bool](repeating: false, count: graph.segments.count)
        func isInner(_ index: Int) -> Bool {
            graph.vertices[graph.segments[index].left].isPassage
                && graph.vertices[graph.segments[index].right].isPassage
        }
        for (left, layer) in zip(graph.layers, graph.layers.dropFirst()) {
            var first = 0
            var scanned = 0
            for (place, vertex) in layer.enumerated() {
                let inner = leftSegments[vertex].first(where: isInner)
                guard inner != nil || place == layer.count - 1 else { continue }
                let last = inner.map { positions[graph.segments[$0].left] } ?? left.count - 1
                while scanned <= place {
                    for index in leftSegments[layer[scanned]] where !isInner(index) {
                        let position = positions[graph.segments[index].left]
                        if position < first || position > last { result[index] = true }
                    }
                    scanned += 1
                }
                first = last
            }
        }
        return result
    }

    /// One of the four extreme layouts: aligned with the left or the right neighbours, from the top or from the bottom.
    private func candidate(side: LayeredGraph.Side, isMirrored: Bool) -> [Double] {
        var layers = side == .left ? graph.layers : graph.layers.reversed()
        if isMirrored { layers = layers.map { $0.reversed() } }
        let roots = align(layers, side: side, isMirrored: isMirrored)
        let packing = BlockPacking(layers: layers, roots: roots) { first, second in
            isMirrored ? graph.separation(second, first) : graph.separation(first, second)
        }
        return packing.heights.map { isMirrored ? -$0 : $0 }
    }

    /// Per vertex, the vertex whose height it shares: the median neighbour's, where nothing stands between.
    private func align(_ layers: [[Int]], side: LayeredGraph.Side, isMirrored: Bool) -> [Int] {
        var roots = Array(graph.vertices.indices)
        for layer in layers {
            var last = Int.min
            for vertex in layer {
                let neighbours = (side == .left ? leftSegments[vertex] : rightSegments[vertex]).map { index in
                    let segment = graph.segments[index]
                    let neighbour = side == .left ? segment.left : segment.right
                    return (place: isMirrored ? -positions[neighbour] : positions[neighbour], neighbour, index)
                }.sorted { $0.place < $1.place }
                guard !neighbours.isEmpty else { continue }
                for median in (neighbours.count - 1) / 2...neighbours.count / 2 {
                    let (place, neighbour, index) = neighbours[median]
                    guard roots[vertex] == vertex, place > last, !isConflicting[index] else { continue }
                    roots[vertex] = roots[neighbour]
                    last = place
                }
            }
        }
        return roots
    }

    /// The mean of the two middle candidates, after all are moved to the most compact one.
    private func average(_ candidates: [[Double]]) -> [Double] {
        func bounds(_ heights: [Double]) -> (low: Double, high: Double) {
            var low = Double.infinity
            var high = -Double.infinity
            for (vertex, height) in zip(graph.vertices, heights) {
                low = min(low, height - vertex.above)
                high = max(high, height + vertex.below)
            }
            return (low, high)
        }
        let spans = candidates.map(bounds)
        guard let compact = spans.min(by: { $0.high - $0.low < $1.high - $1.low }) else { return [] }
        let shifts = spans.indices.map { index in
            index.isMultiple(of: 2) ? compact.low - spans[index].low : compact.high - spans[index].high
        }
        return graph.vertices.indices.map { vertex in
            let sorted = candidates.indices.map { candidates[$0][vertex] + shifts[$0] }.sorted()
            return (sorted[1] + sorted[2]) / 2
        }
    }

    /// The heights from 0 on, with all distances kept whatever came before.
    private func separated(_ heights: [Double]) -> [Double] {
        var heights = heights
        for layer in graph.layers {
            for (upper, lower) in zip(layer, layer.dropFirst()) {
                heights[lower] = max(heights[lower], heights[upper] + graph.separation(upper, lower))
            }
        }
        let top = graph.vertices.indices.map { heights[$0] - graph.vertices[$0].above }.min() ?? 0
        return heights.map { $0 - top }
    }
}
