import Testing

@testable import DeployerHost

/// A graph for tests that hold for all of them. It has a name, because graphs are too long for a list of tests.
struct SampleGraph: Sendable, CustomTestStringConvertible {
    let name: String
    let graph: PipelineGraph

    var testDescription: String { name }

    static let all =
        [
            SampleGraph(name: "nothing", graph: GraphFixture.numbered(0)),
            SampleGraph(name: "one node", graph: GraphFixture.numbered(1)),
            SampleGraph(name: "no links", graph: GraphFixture.numbered(30)),
            SampleGraph(name: "two nodes in a cycle", graph: GraphFixture.numbered(2, [(0, 1), (1, 0)])),
            SampleGraph(name: "several links", graph: GraphFixture.numbered(2, [(0, 1), (0, 1), (0, 1)])),
            SampleGraph(name: "loops", graph: GraphFixture.numbered(1, [(0, 0), (0, 0), (0, 0)])),
            SampleGraph(name: "complete", graph: GraphFixture.complete(7)),
            SampleGraph(name: "fan-out", graph: GraphFixture.numbered(31, (1...30).map { (0, $0) })),
            SampleGraph(name: "fan-in", graph: GraphFixture.numbered(31, (1...30).map { ($0, 0) })),
        ] + (1...12).map { random(nodes: 4 * $0, links: 7 * $0) }

    /// Graphs whose links are too many, or too long, to be drawn.
    static let tooDense = [
        SampleGraph(name: "too many links", graph: GraphFixture.complete(40)),
        SampleGraph(
            name: "too long links",
            graph: GraphFixture.numbered(900, (0..<899).map { ($0, $0 + 1) } + (0..<500).map { ($0, 899) })),
    ]

    static func random(nodes: Int, links: Int) -> SampleGraph {
        SampleGraph(
            name: "\(nodes) random nodes",
            graph: GraphFixture.random(nodes: nodes, links: links, folders: 1 + nodes / 20, seed: UInt64(nodes)))
    }
}
