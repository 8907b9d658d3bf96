import Foundation
import Testing

@testable import DeployerHost

@Suite("The drawing of a pipeline", .timeLimit(.minutes(1)))
struct DrawingTests {
    @Test("is well-formed, with a box per node and a line per edge", arguments: SampleGraph.all)
    func elements(sample: SampleGraph) throws {
        let graph = sample.graph
        let drawing = try ParsedDrawing(graph)
        let boxes = drawing.elements("a", style: "graph-node")
        #expect(boxes.compactMap { $0.attributes["data-node"] }.sorted() == graph.nodes.map(\.name).sorted())
        #expect(drawing.elements("g", style: "graph-edge").count == graph.edges.count)
        #expect(drawing.elements("path", style: "graph-arrow").count == graph.edges.count { $0.kind == .data })
    }

    @Test("is the same every time")
    func determinism() {
        let graph = GraphFixture.random(nodes: 40, links: 80, seed: 7)
        #expect(GraphDrawing(graph).svg == GraphDrawing(graph).svg)
    }

    @Test("holds nothing that a content security policy forbids", arguments: SampleGraph.all.suffix(2))
    func policy(sample: SampleGraph) throws {
        let elements = try ParsedDrawing(sample.graph).elements
        #expect(Set(elements.map(\.name)).isDisjoint(with: ["style", "script", "image", "foreignObject"]))
        let attributes = Set(elements.flatMap(\.attributes.keys))
        #expect(!attributes.contains { $0 == "style" || $0.hasPrefix("on") })
        #expect(elements.compactMap { $0.attributes["href"] }.allSatisfy { $0.hasPrefix("#") })
    }

    @Test("is a group with a title and a description, and its ids begin with the prefix")
    func group() throws {
        let graph = GraphFixture.random(nodes: 5, links: 5, folders: 1, seed: 1)
        let drawing = try ParsedDrawing(graph)
        let frame = try #require(drawing.elements("svg").first?.attributes)
        #expect(frame["role"] == "group" && frame["aria-labelledby"] == "graph-title")
        #expect(drawing.elements("title").first?.text == "Numbered")
        let description = "5 containers, 1 shared folder, 9 links, orchestrated"
        #expect(drawing.elements("desc").first?.text == description)
        let ids = drawing.elements.compactMap { $0.attributes["id"] }
        #expect(Set(ids).count == ids.count && ids.allSatisfy { $0.hasPrefix("graph-") })
        #expect(GraphDrawing(graph, prefix: "second").svg.contains("href=\"#second-symbol-ready\""))
    }

    @Test("shows a state as class, symbol and word", arguments: GraphState.allCases)
    func state(state: GraphState) throws {
        var graph = GraphFixture.numbered(1)
        graph.nodes[0].state = state
        graph.nodes[0].stateWord = "the word"
        let drawing = try ParsedDrawing(graph)
        let box = try #require(drawing.elements("a").first?.attributes)
        #expect(box["class"] == "graph-node graph-model state-\(state.rawValue)")
        #expect(box["aria-label"] == "n0, model:1.0, the word" && box["data-label"] == "n0, model:1.0")
        #expect(drawing.texts("graph-state-word") == ["the word"])
        let symbol = try #require(drawing.elements("use").first?.attributes["href"])
        #expect(symbol == "#graph-symbol-\(state.rawValue)")
        #expect(drawing.elements("symbol").contains { "#\($0.attributes["id"] ?? "")" == symbol })
        #expect(Set(GraphState.allCases.map(\.symbol)).count == GraphState.allCases.count)
    }

    @Test("shows no state before anything is deployed")
    func stateless() throws {
        let drawing = try ParsedDrawing(
            PipelineGraph(title: "", nodes: [GraphFixture.node("a", state: nil)], edges: []))
        #expect(drawing.elements("use").isEmpty && drawing.texts("graph-state-word").isEmpty)
        #expect(drawing.elements("a").first?.attributes["class"] == "graph-node graph-model")
    }

    @Test("names the message, the operations and both ends of a link")
    func link() throws {
        let drawing = try ParsedDrawing(GraphFixture.numbered(2, [(0, 1)]))
        #expect(drawing.texts("graph-message") == ["Image"] && drawing.texts("graph-operation") == ["predict → train"])
        #expect(drawing.elements("title").map(\.text).contains("n0 to n1: Image (predict → train)"))
    }

    @Test("draws folders with a shape of their own and lines without arrows")
    func folder() throws {
        var graph = GraphFixture.numbered(1)
        graph.nodes.append(GraphFixture.node("/data", kind: .sharedFolder))
        graph.edges = [GraphFixture.mount("/data", "n0")]
        let drawing = try ParsedDrawing(graph)
        #expect(drawing.elements("path", style: "graph-box").count == 1 && drawing.elements("rect").count == 1)
        #expect(drawing.elements("g", style: "graph-volume").count == 1)
        #expect(drawing.elements("path", style: "graph-arrow").isEmpty)
        #expect(drawing.elements("a").last?.attributes["href"] == "#folder-_2fdata")
    }

    @Test(
        "escapes what strangers named",
        arguments: [
            "</text><script>alert(1)</script>", "\" onload=\"alert(1)", "' x='", "&amp;", "]]>", "<!--",
            "a\u{0}b\u{1B}",
            "\u{202E}abc", "\u{FFFE}",
        ])
    func escaping(name: String) throws {
        var graph = GraphFixture.numbered(2, [(0, 1)])
        graph.title = name
        graph.nodes[0] = PipelineGraph.Node(
            name: name, label: name, sublabel: name, details: [name], state: .unknown, stateWord: name)
        graph.edges = [
            PipelineGraph.Edge(from: graph.nodes[0].anchor, to: "node-n1", operation: name, message: name)
        ]
        let drawing = try ParsedDrawing(graph)
        #expect(drawing.elements("a").count == 2 && drawing.elements("script").isEmpty)
        #expect(drawing.elements("g").count == 1)
        let attributes = try #require(drawing.elements("a").first?.attributes)
        #expect(Set(attributes.keys) == ["class", "href", "data-node", "data-role", "data-label", "aria-label"])
        let kept = String(
            String.UnicodeScalarView(name.unicodeScalars.map { $0.value < 32 || $0.value > 126 ? "\u{FFFD}" : $0 }))
        #expect(attributes["data-node"] == kept)
    }

    @Test("shrinks a drawing somewhat wider than a page, and leaves others as they are")
    func shrinking() {
        func shrinks(_ count: Int) -> Bool {
            GraphDrawing(GraphFixture.numbered(count, (1..<count).map { ($0 - 1, $0) })).svg.contains("graph-shrinks")
        }
        #expect([2, 3, 8].map(shrinks) == [false, true, false])
    }

    @Test("stays small for names of any length")
    func outputSize() {
        let long = String(repeating: "&", count: 1_000)
        var graph = GraphFixture.complete(12)
        for index in graph.nodes.indices { graph.nodes[index].label = long }
        for index in graph.edges.indices { (graph.edges[index].message, graph.edges[index].operation) = (long, long) }
        #expect(GraphDrawing(graph).svg.utf8.count < 1 << 20)
    }
}
