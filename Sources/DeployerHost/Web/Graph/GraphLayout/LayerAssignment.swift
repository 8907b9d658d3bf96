/// Gives every node a layer: as far right as its longest way from a source is long, and sources beside what they feed.
struct LayerAssignment {
    /// The layer of each node, from 0.
    let layers: [Int]

    /// - Parameter links: pairs of node indices, without cycles.
    init(nodeCount: Int, links: [(from: Int, to: Int)]) {
        var outgoing = [[Int]](repeating: [], count: nodeCount)
        var incoming = [Int](repeating: 0, count: nodeCount)
        for link in links {
            outgoing[link.from].append(link.to)
            incoming[link.to] += 1
        }
        let incomingCount = incoming
        var layers = [Int](repeating: 0, count: nodeCount)
        var order = (0..<nodeCount).filter { incoming[$0] == 0 }
        var next = 0
        while next < order.count {
            let node = order[next]
            next += 1
            for target in outgoing[node] {
                layers[target] = max(layers[target], layers[node] + 1)
                incoming[target] -= 1
                if incoming[target] == 0 { order.append(target) }
            }
        }
        for node in order.reversed() where outgoing[node].count > incomingCount[node] {
            guard let nearest = outgoing[node].map({ layers[$0] }).min() else { continue }
            layers[node] = max(layers[node], nearest - 1)
        }
        self.layers = layers
    }

    /// The layer for something that belongs beside nodes of these layers but has no direction: between two layers of
    /// nodes, with the shortest lines. Layers of nodes are the even numbers here, those between them the odd ones.
    static func layerBetween(_ neighbours: [Int], last: Int) -> Int {
        let sorted = neighbours.sorted()
        guard !sorted.isEmpty else { return 1 }
        let median = sorted[(sorted.count - 1) / 2]
        let candidates = [median + 1, median - 1].filter { $0 > 0 }
        func cost(_ layer: Int) -> Int { sorted.reduce(0) { $0 + abs($1 - layer) } + (layer > last ? 1 : 0) }
        return candidates.min { cost($0) < cost($1) } ?? 1
    }
}
