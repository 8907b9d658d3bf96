/// Who is linked with whom: the connected parts of a graph, loops, and nodes without any link.
struct GraphLinks {
    /// Nodes that are linked with each other, and the links between them.
    struct Part {
        var nodes: [Int] = []
        var links: [Link] = []
        var loops: [Int: [Int]] = [:]
    }

    /// An edge by the indices of its nodes.
    struct Link {
        let edge: Int
        let from: Int
        let to: Int
    }

    private(set) var parts: [Part] = []
    /// The nodes without a link to another one.
    private(set) var looseNodes: [Int] = []
    /// The edges from a node to itself, by the node.
    private(set) var loops: [Int: [Int]] = [:]
    /// All nodes but orchestrators and those that are too many.
    let drawnNodes: [Int]
    let omittedNodes: Int
    private(set) var edgeCount = 0

    init(_ graph: PipelineGraph) {
        let candidates = graph.nodes.indices.filter { graph.nodes[$0].kind != .orchestrator }
        drawnNodes = Array(candidates.prefix(GraphLimits.nodes))
        omittedNodes = candidates.count - drawnNodes.count
        let places = Dictionary(drawnNodes.map { (graph.nodes[$0].anchor, $0) }) { first, _ in first }
        var links: [Link] = []
        for (index, edge) in graph.edges.enumerated() {
            guard let from = places[edge.from], let to = places[edge.to] else { continue }
            guard graph.nodes[from].kind == .model || graph.nodes[to].kind == .model else { continue }
            edgeCount += 1
            if from == to {
                loops[from, default: []].append(index)
            } else {
                links.append(Link(edge: index, from: from, to: to))
            }
        }
        collect(links, nodeCount: graph.nodes.count)
    }

    private mutating func collect(_ links: [Link], nodeCount: Int) {
        var parents = Array(0..<nodeCount)
        func root(_ node: Int) -> Int {
            var node = node
            while parents[node] != node {
                parents[node] = parents[parents[node]]
                node = parents[node]
            }
            return node
        }
        var isLinked = [Bool](repeating: false, count: nodeCount)
        for link in links {
            isLinked[link.from] = true
            isLinked[link.to] = true
            let (first, second) = (root(link.from), root(link.to))
            parents[max(first, second)] = min(first, second)
        }
        var places: [Int: Int] = [:]
        for node in drawnNodes {
            guard isLinked[node] else {
                looseNodes.append(node)
                continue
            }
            let place = places[root(node)] ?? parts.count
            if place == parts.count {
                places[root(node)] = place
                parts.append(Part())
            }
            parts[place].nodes.append(node)
            parts[place].loops[node] = loops[node]
        }
        for link in links {
            guard let place = places[root(link.from)] else { continue }
            parts[place].links.append(link)
        }
    }
}
