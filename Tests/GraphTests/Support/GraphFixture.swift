@testable import DeployerHost

/// Pipelines for drawings.
enum GraphFixture {
    static func node(
        _ name: String,
        kind: PipelineGraph.Kind = .model,
        sublabel: String? = "model:1.0",
        state: GraphState? = .ready
    ) -> PipelineGraph.Node {
        PipelineGraph.Node(
            name: name, label: name, sublabel: sublabel, details: [], kind: kind, state: state,
            stateWord: state?.rawValue
        )
    }

    static func link(_ from: String, _ to: String, message: String = "Image") -> PipelineGraph.Edge {
        PipelineGraph.Edge(
            from: PipelineGraph.Node.anchor(of: from, kind: .model),
            to: PipelineGraph.Node.anchor(of: to, kind: .model),
            operation: "predict → train",
            message: message
        )
    }

    static func mount(_ folder: String, _ consumer: String) -> PipelineGraph.Edge {
        PipelineGraph.Edge(
            from: PipelineGraph.Node.anchor(of: folder, kind: .sharedFolder),
            to: PipelineGraph.Node.anchor(of: consumer, kind: .model),
            kind: .volume
        )
    }

    /// Containers `n0`, `n1` and so on with links between these numbers.
    static func numbered(_ count: Int, _ links: [(Int, Int)] = []) -> PipelineGraph {
        PipelineGraph(
            title: "Numbered",
            nodes: (0..<count).map { node("n\($0)") },
            edges: links.map { link("n\($0)", "n\($1)") }
        )
    }

    /// Any nodes and links: loops, cycles, several links of one pair, folders, an orchestrator.
    static func random(nodes: Int, links: Int, folders: Int = 3, seed: UInt64) -> PipelineGraph {
        var generator = SplitMix(state: seed)
        func pick() -> Int { Int.random(in: 0..<nodes, using: &generator) }
        var graph = numbered(nodes, (0..<links).map { _ in (pick(), pick()) })
        for index in graph.nodes.indices {
            let length = Int.random(in: 1...60, using: &generator)
            graph.nodes[index].label = String(repeating: "W", count: length)
        }
        for folder in 0..<folders {
            graph.nodes.append(node("/data/\(folder)", kind: .sharedFolder))
            graph.edges += (0..<4).map { _ in mount("/data/\(folder)", "n\(pick())") }
        }
        graph.nodes.append(node("orchestrator", kind: .orchestrator))
        return graph
    }

    /// Every node linked with every other, to and fro.
    static func complete(_ count: Int) -> PipelineGraph {
        numbered(count, (0..<count).flatMap { from in (0..<count).filter { $0 != from }.map { (from, $0) } })
    }
}

/// Numbers that are random and always the same.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
