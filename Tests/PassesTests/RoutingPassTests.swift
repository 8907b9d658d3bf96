import Documents
import Passes
import TestSupport
import Testing

@Suite("The routing pass")
struct RoutingPassTests {
    typealias Fixture = PipelineFixture

    private static func pipeline(router: Document) -> [Document] {
        [
            Fixture.node(
                "source",
                operations: [
                    Fixture.operation("run", input: "Empty", output: "In", to: [Fixture.edge("router", "pass")])
                ]),
            router,
            Fixture.node("left", operations: [Fixture.operation("run")]),
            Fixture.node("right", operations: [Fixture.operation("run")]),
        ]
    }

    private static func router(_ type: String, map: DocumentObject = [:], output: String = "In") -> Document {
        let operation = Fixture.operation(
            "pass",
            output: output,
            to: [Fixture.edge("left", "run"), Fixture.edge("Right", "run")]
        )
        var extra = map
        extra["proto_uri"] = ""
        return Fixture.node("router", type: .string(type), image: "", operations: [operation], extra: extra)
    }

    @Test(
        "replaces what only passes messages on by direct links",
        arguments: [
            router("Splitter", map: ["splitter_map": ["splitter_type": "Copy-based"]]),
            router("splitter"), router("splitter", map: ["splitter_map": .null]),
            router("Collator", map: ["collator_map": .null]),
        ])
    func rewired(router: Document) throws {
        let plan = try Fixture.pipeline(Self.pipeline(router: router)).planned()
        let nodes = try plan.blueprintNodes()
        #expect(nodes.map(\.containerName) == ["source", "left", "right"])
        #expect(nodes[0].operations[0].edges.map(\.containerName) == ["left", "right"])
        #expect(plan.notes.map(\.text) == ["is replaced by direct links, which carry the same messages"])
    }

    @Test(
        "refuses what changes messages, naming the node",
        arguments: [
            router("Splitter", map: ["splitter_map": ["splitter_type": "Parameter-based"]]),
            router("Splitter", map: ["splitter_map": ["splitter_type": .null]]),
            router("Splitter", map: ["splitter_map": [:]]),
            router("Collator", map: ["collator_map": ["collator_type": .null]]),
            router("Collator", map: ["collator_map": [:]]),
            router("Collator", map: ["collator_map": ["collator_type": "Array-based"]]),
            router("Splitter", output: "Out"),
        ])
    func refused(router: Document) throws {
        let refusal = try #require(throws: Refusal.self) {
            try Fixture.pipeline(Self.pipeline(router: router)).planned()
        }
        #expect(refusal.node == "router")
        #expect(refusal.field.hasSuffix("_map"))
        #expect(refusal.remedy.contains("direct links"))
    }

    @Test("refuses a link into an operation that the router does not list")
    func danglingLink() throws {
        var nodes = Self.pipeline(router: Self.router("Splitter"))
        nodes[0] = Fixture.node(
            "source",
            operations: [Fixture.operation("run", output: "In", to: [Fixture.edge("router", "other")])]
        )
        let refusal = try #require(throws: Refusal.self) { try Fixture.pipeline(nodes).planned() }
        #expect(refusal.node == "source")
        #expect(refusal.problem.contains("router.other"))
    }

    @Test("refuses more direct links than are accepted, in bounded time", .timeLimit(.minutes(1)))
    func explosion() throws {
        let sources = (0..<400).map { number in
            Fixture.node(
                "source\(number)",
                operations: [Fixture.operation("run", output: "In", to: [Fixture.edge("router", "pass")])]
            )
        }
        let sinks = (0..<400).map { Fixture.node("sink\($0)", operations: [Fixture.operation("run")]) }
        let router = Fixture.node(
            "router",
            type: "Splitter",
            image: "",
            operations: [
                Fixture.operation("pass", output: "In", to: (0..<400).map { Fixture.edge("sink\($0)", "run") })
            ]
        )
        let refusal = try #require(throws: Refusal.self) {
            try Fixture.pipeline(sources + sinks + [router]).planned()
        }
        #expect(refusal.node == "router")
        #expect(refusal.remedy == "Divide the pipeline into several")
    }

    @Test("follows a chain of routers and makes no link twice")
    func chained() throws {
        let first = Fixture.node(
            "one",
            type: "Splitter",
            image: "",
            operations: [
                Fixture.operation("pass", output: "In", to: [Fixture.edge("two", "pass"), Fixture.edge("sink", "run")])
            ]
        )
        let second = Fixture.node(
            "two",
            type: "Collator",
            image: "",
            operations: [
                Fixture.operation("pass", output: "In", to: [Fixture.edge("sink", "run"), Fixture.edge("two", "pass")])
            ]
        )
        let plan = try Fixture.pipeline([
            Fixture.node(
                "source",
                operations: [Fixture.operation("run", input: "Empty", output: "In", to: [Fixture.edge("one", "pass")])]),
            first, second, Fixture.node("sink", operations: [Fixture.operation("run")]),
        ]).planned()
        let source = try plan.blueprintNodes()[0]
        #expect(source.operations[0].edges.map(\.containerName) == ["sink"])
    }
}
