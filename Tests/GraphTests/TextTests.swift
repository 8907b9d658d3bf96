import Testing

@testable import DeployerHost

@Suite("Texts in a drawing", .timeLimit(.minutes(1)))
struct TextTests {
    static let texts = [
        "", "a", "berth-optimiser", String(repeating: "W", count: 500), "日本語モデル推論サービス名前長い日本語", "Zürich Tram",
        "👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦", "e" + String(repeating: "\u{301}", count: 100), "\u{FDFD}\u{FDFD}", "كلمات عربية طويلة جدا هنا",
    ]

    @Test("are never wider than their place", arguments: texts, [40.0, 120, 200])
    func fit(text: String, width: Double) {
        let fitted = GraphText.fitted(text, width: width, size: 11)
        #expect(GraphText.width(fitted, size: 11) <= width)
        #expect(fitted == text || fitted.hasSuffix("…") || fitted.contains("\u{FFFD}"))
    }

    @Test("keep as much of their beginning as fits")
    func ellipsis() {
        let column = 10 * GraphText.columnWidth
        #expect(GraphText.fitted("abcdefgh", width: 8 * column, size: 10) == "abcdefgh")
        #expect(GraphText.fitted("abcdefgh", width: 7 * column, size: 10) == "abcdef…")
        #expect(GraphText.fitted("日本語", width: 5 * column, size: 10) == "日本…")
    }

    @Test("lie inside their boxes", arguments: SampleGraph.all)
    func inside(sample: SampleGraph) throws {
        let graph = sample.graph
        let frames = GraphLayout(graph).boxes.map(\.frame)
        let drawing = try ParsedDrawing(graph)
        let sizes = [
            "graph-name": GraphMetrics.nameSize, "graph-sublabel": GraphMetrics.smallSize,
            "graph-state-word": GraphMetrics.stateSize,
        ]
        for (style, size) in sizes {
            let texts = drawing.elements("text", style: style)
            #expect(texts.count == graph.nodes.count)
            let outside = texts.filter { text in
                guard let x = text.attributes["x"].flatMap(Double.init),
                    let y = text.attributes["y"].flatMap(Double.init)
                else { return true }
                let end = x + GraphText.width(text.text, size: size)
                return !frames.contains { $0.x < x && end <= $0.maxX && $0.y < y - size && y < $0.maxY }
            }
            #expect(outside.isEmpty)
        }
    }

    @Test("become ids that differ and need no escaping")
    func identifiers() {
        let names = ["a", "A", "a-b", "a_b", "a.b", "a b", "ä", "_", "__", "/data", "a\"b", "", "_61"]
        let anchors = names.flatMap { name in
            PipelineGraph.Kind.allCases.filter { $0 != .orchestrator }.map {
                PipelineGraph.Node.anchor(of: name, kind: $0)
            }
        }
        #expect(Set(anchors).count == anchors.count)
        #expect(anchors.joined().utf8.allSatisfy { "abcdefghijklmnopqrstuvwxyzA0123456789-_".utf8.contains($0) })
        #expect(PipelineGraph.Node.anchor(of: "berth-gui", kind: .model) == "node-berth-gui")
    }

    @Test(
        "write numbers with one digit at most",
        arguments: [
            (0.0, "0"), (12, "12"), (12.34, "12.3"), (12.96, "13"), (-0.26, "-0.3"), (-0.04, "0"), (-7.5, "-7.5"),
        ])
    func numbers(value: Double, text: String) {
        #expect(GraphMarkup.number(value) == text)
    }
}
