import Testing

@testable import DeployerHost

@Suite("The layout of a pipeline", .timeLimit(.minutes(1)))
struct LayoutTests {
    @Test("puts no box or label upon another", arguments: SampleGraph.all)
    func overlaps(sample: SampleGraph) {
        #expect(GraphLayout(sample.graph).overlaps.isEmpty)
    }

    @Test("leads every line from its box to its box and through none", arguments: SampleGraph.all)
    func strayLines(sample: SampleGraph) {
        #expect(GraphLayout(sample.graph).strayLines(in: sample.graph).isEmpty)
    }

    @Test("has every node and every edge once", arguments: SampleGraph.all)
    func completeness(sample: SampleGraph) {
        let graph = sample.graph
        let layout = GraphLayout(graph)
        #expect(layout.boxes.map(\.node).sorted() == Array(graph.nodes.indices))
        #expect(layout.lines.map(\.edge).sorted() == Array(graph.edges.indices))
        #expect(layout.omittedNodes == 0 && layout.omittedEdges == 0)
    }

    @Test("keeps everything within its size", arguments: SampleGraph.all)
    func size(sample: SampleGraph) {
        let layout = GraphLayout(sample.graph)
        let frames = layout.boxes.map(\.frame) + layout.lines.compactMap(\.label)
        let points =
            layout.lines.flatMap(\.points)
            + frames.flatMap { [GraphLayout.Point(x: $0.x, y: $0.y), GraphLayout.Point(x: $0.maxX, y: $0.maxY)] }
        let outside = points.filter { !(0...layout.width).contains($0.x) || !(0...layout.height).contains($0.y) }
        #expect(outside.isEmpty)
    }

    @Test("goes from left to right along a chain, in a straight line")
    func chain() {
        let layout = GraphLayout(GraphFixture.numbered(4, [(0, 1), (1, 2), (2, 3)]))
        let frames = layout.boxes.sorted { $0.node < $1.node }.map(\.frame)
        #expect(zip(frames, frames.dropFirst()).allSatisfy { $0.maxX < $1.x && $0.y == $1.y })
        #expect(layout.lines.allSatisfy { $0.points.count == 2 && $0.points[0].y == $0.points[1].y })
    }

    @Test("draws the link that closes a cycle from right to left")
    func cycle() throws {
        let layout = GraphLayout(GraphFixture.numbered(3, [(0, 1), (1, 2), (2, 0)]))
        let back = try #require(layout.lines.first { $0.edge == 2 })
        let (first, last) = (try #require(back.points.first), try #require(back.points.last))
        #expect(first.x > last.x)
        for line in layout.lines where line.edge != 2 {
            #expect(try #require(line.points.first).x < #require(line.points.last).x)
        }
    }

    @Test("draws links of one pair apart from each other")
    func severalLinks() {
        let lines = GraphLayout(GraphFixture.numbered(2, [(0, 1), (0, 1), (1, 0)])).lines
        #expect(Set(lines.compactMap { $0.label?.y }).count == 3)
        #expect(Set(lines.compactMap { $0.points.first?.y }).count == 3)
    }

    @Test("crosses no lines where none have to cross")
    func crossings() {
        let lines = GraphLayout(GraphFixture.numbered(6, [(0, 3), (0, 4), (1, 4), (1, 5), (2, 3)])).lines
        let ends = lines.compactMap { line in
            line.points.first.flatMap { first in line.points.last.map { (first, $0) } }
        }
        let sorted = ends.sorted { $0.0.y < $1.0.y }.map(\.1.y)
        #expect(sorted.count == 5 && sorted == sorted.sorted())
    }

    @Test("puts a folder between its containers, and the orchestrator above everything")
    func folder() throws {
        var graph = GraphFixture.numbered(2, [(0, 1)])
        graph.nodes += [
            GraphFixture.node("/data", kind: .sharedFolder), GraphFixture.node("orchestrator", kind: .orchestrator),
        ]
        graph.edges += [GraphFixture.mount("/data", "n0"), GraphFixture.mount("/data", "n1")]
        let frames = GraphLayout(graph).boxes.sorted { $0.node < $1.node }.map(\.frame)
        #expect(frames[0].maxX < frames[2].x && frames[2].maxX < frames[1].x)
        #expect(frames[..<3].allSatisfy { $0.y > frames[3].maxY && $0.x >= frames[3].x && $0.maxX <= frames[3].maxX })
    }

    @Test("leaves out links with unknown ends, with the orchestrator, and between folders")
    func ignoredLinks() {
        var graph = GraphFixture.numbered(1, [(0, 9)])
        graph.nodes += [
            GraphFixture.node("/a", kind: .sharedFolder), GraphFixture.node("/b", kind: .sharedFolder),
            GraphFixture.node("orchestrator", kind: .orchestrator),
        ]
        graph.edges += [GraphFixture.link("orchestrator", "n0")]
        graph.edges.append(PipelineGraph.Edge(from: graph.nodes[1].anchor, to: graph.nodes[2].anchor))
        let layout = GraphLayout(graph)
        #expect(layout.lines.isEmpty && layout.boxes.count == 4 && layout.overlaps.isEmpty)
    }

    @Test("copes with hundreds of nodes and links")
    func large() {
        let graph = SampleGraph.random(nodes: 200, links: 500).graph
        let layout = GraphLayout(graph)
        #expect(layout.lines.count == graph.edges.count)
        #expect(layout.overlaps.isEmpty && layout.strayLines(in: graph).isEmpty)
    }

    @Test("draws a chain of a thousand nodes")
    func longChain() {
        let graph = GraphFixture.numbered(1_000, (0..<999).map { ($0, $0 + 1) })
        #expect(GraphLayout(graph).lines.count == 999)
    }

    @Test("draws no links where nobody could follow them, and says so", arguments: SampleGraph.tooDense)
    func tooManyLinks(sample: SampleGraph) {
        let graph = sample.graph
        let layout = GraphLayout(graph)
        #expect(layout.lines.isEmpty && layout.omittedEdges == graph.edges.count)
        #expect(layout.boxes.count == graph.nodes.count && layout.overlaps.isEmpty)
        #expect(GraphDrawing(graph).svg.contains("The \(graph.edges.count) links are too many to be drawn."))
    }

    @Test("draws a thousand nodes at most, and says how many are missing")
    func tooManyNodes() {
        let graph = GraphFixture.numbered(1_203)
        #expect(GraphLayout(graph).boxes.count == 1_000)
        #expect(GraphDrawing(graph).svg.contains("203 more nodes are not drawn."))
    }
}
