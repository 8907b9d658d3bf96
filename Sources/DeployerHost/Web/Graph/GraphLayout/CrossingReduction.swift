/// Orders the vertices of every layer so that few lines cross: each goes to the barycentre of its neighbours, layer by
/// layer, to and fro, and the best order seen is kept.
struct CrossingReduction {
    private let graph: LayeredGraph
    private let leftSegments: [[Int]]
    private let rightSegments: [[Int]]
    private static let mostSweeps = 24
    private static let patience = 6

    /// The graph with its layers ordered.
    static func ordered(_ graph: LayeredGraph) -> LayeredGraph {
        let reduction = CrossingReduction(graph)
        var result = graph
        result.layers = reduction.best()
        return result
    }

    private init(_ graph: LayeredGraph) {
        self.graph = graph
        leftSegments = graph.adjacency(.left)
        rightSegments = graph.adjacency(.right)
    }

    /// The better outcome of two beginnings: what one cannot untangle, the other often never tangles.
    private func best() -> [[Int]] {
        let first = improved(walkOrder(from: .left))
        guard first.crossings > 0 else { return first.layers }
        let second = improved(walkOrder(from: .right))
        return second.crossings < first.crossings ? second.layers : first.layers
    }

    private func improved(_ start: [[Int]]) -> (layers: [[Int]], crossings: Int) {
        var layers = start
        var best = (layers: start, crossings: crossings(start))
        var patience = Self.patience
        let affordable = GraphLimits.sweptSegments / max(1, graph.segments.count)
        for round in 0..<min(Self.mostSweeps, max(6, affordable)) where best.crossings > 0 && patience > 0 {
            sweep(&layers, side: round.isMultiple(of: 2) ? .left : .right, prefersLower: round % 4 >= 2)
            let count = crossings(layers)
            patience -= 1
            guard count < best.crossings else { continue }
            best = (layers, count)
            patience = Self.patience
        }
        return best
    }

    /// The order in which a walk from one side meets the vertices, which keeps what belongs together close.
    private func walkOrder(from side: LayeredGraph.Side) -> [[Int]] {
        var layers = [[Int]](repeating: [], count: graph.layers.count)
        var isVisited = [Bool](repeating: false, count: graph.vertices.count)
        let starts = side == .left ? graph.layers : graph.layers.reversed()
        for start in starts.joined() where !isVisited[start] {
            var stack = [start]
            while let vertex = stack.popLast() {
                guard !isVisited[vertex] else { continue }
                isVisited[vertex] = true
                layers[graph.vertices[vertex].layer].append(vertex)
                stack += (side == .left ? rightSegments : leftSegments)[vertex].reversed().map { index in
                    side == .left ? graph.segments[index].right : graph.segments[index].left
                }
            }
        }
        return layers
    }

    private func sweep(_ layers: inout [[Int]], side: LayeredGraph.Side, prefersLower: Bool) {
        var position = positions(layers)
        let order = side == .left ? Array(layers.indices) : layers.indices.reversed()
        for (step, layer) in order.enumerated() {
            if step > 0 {
                let keys = layers[layer].enumerated().map { place, vertex in
                    let place = Double(place)
                    // Where one side does not decide, the other may.
                    return (
                        barycentre(vertex, side: side, position: position) ?? place,
                        barycentre(vertex, side: side.opposite, position: position) ?? (prefersLower ? -place : place)
                    )
                }
                let places = layers[layer].indices.sorted { first, second in
                    keys[first] != keys[second] ? keys[first] < keys[second] : first < second
                }
                layers[layer] = places.map { layers[layer][$0] }
            }
            for (place, vertex) in layers[layer].enumerated() { position[vertex] = place }
        }
    }

    private func positions(_ layers: [[Int]]) -> [Int] {
        var result = [Int](repeating: 0, count: graph.vertices.count)
        for layer in layers {
            for (place, vertex) in layer.enumerated() { result[vertex] = place }
        }
        return result
    }

    private func barycentre(_ vertex: Int, side: LayeredGraph.Side, position: [Int]) -> Double? {
        let segments = side == .left ? leftSegments[vertex] : rightSegments[vertex]
        guard !segments.isEmpty else { return nil }
        let sum = segments.reduce(0) { sum, index in
            sum + position[side == .left ? graph.segments[index].left : graph.segments[index].right]
        }
        return Double(sum) / Double(segments.count)
    }

    /// The crossings between all neighbouring layers: pairs of segments in contrary order, counted with a binary
    /// indexed tree.
    private func crossings(_ layers: [[Int]]) -> Int {
        let position = positions(layers)
        var total = 0
        for (layer, next) in zip(layers, layers.dropFirst()) {
            var tree = [Int](repeating: 0, count: next.count + 1)
            var seen = 0
            for vertex in layer {
                let ends = rightSegments[vertex].map { position[graph.segments[$0].right] }
                for end in ends {
                    var notBelow = 0
                    var index = end + 1
                    while index > 0 {
                        notBelow += tree[index]
                        index -= index & -index
                    }
                    total += seen - notBelow
                }
                for end in ends {
                    var index = end + 1
                    while index < tree.count {
                        tree[index] += 1
                        index += index & -index
                    }
                }
                seen += ends.count
            }
        }
        return total
    }
}
