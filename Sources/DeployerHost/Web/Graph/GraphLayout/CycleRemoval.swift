/// Finds the links to turn around so that no cycle is left: those that lead back to a node from which a walk in the
/// order of the nodes has come.
struct CycleRemoval {
    /// Per link, whether it is to be read from its end to its start.
    let isReversed: [Bool]

    /// - Parameter links: pairs of node indices; no loops.
    init(nodeCount: Int, links: [(from: Int, to: Int)]) {
        var outgoing = [[Int]](repeating: [], count: nodeCount)
        var hasIncoming = [Bool](repeating: false, count: nodeCount)
        for (index, link) in links.enumerated() {
            outgoing[link.from].append(index)
            hasIncoming[link.to] = true
        }
        var reversed = [Bool](repeating: false, count: links.count)
        var isVisited = [Bool](repeating: false, count: nodeCount)
        var isOpen = [Bool](repeating: false, count: nodeCount)
        // Sources first: what starts a pipeline stays at its left end.
        let starts = (0..<nodeCount).filter { !hasIncoming[$0] } + (0..<nodeCount).filter { hasIncoming[$0] }
        for start in starts where !isVisited[start] {
            var walk = [(node: start, next: 0)]
            isVisited[start] = true
            isOpen[start] = true
            while let (node, next) = walk.last {
                guard next < outgoing[node].count else {
                    isOpen[node] = false
                    walk.removeLast()
                    continue
                }
                walk[walk.count - 1].next += 1
                let link = outgoing[node][next]
                let target = links[link].to
                if isOpen[target] { reversed[link] = true }
                guard !isVisited[target] else { continue }
                isVisited[target] = true
                isOpen[target] = true
                walk.append((target, 0))
            }
        }
        isReversed = reversed
    }
}
