import Blueprints
import Documents
import Passes
import TestSupport
import Testing

@Suite("The parse pass")
struct ParsePassTests {
    @Test(
        "refuses a pipeline without nodes",
        arguments: [
            #"{"name":"x","nodes":[]}"#, #"{"name":"x"}"#, #"{"name":"x","nodes":null}"#,
        ])
    func noNodes(blueprint: String) throws {
        let refusal = try #require(throws: Refusal.self) { try Self.source(blueprint).planned() }
        #expect(refusal.field == "nodes")
        #expect(refusal.problem == "The pipeline has no nodes")
        #expect(!refusal.remedy.isEmpty)
    }

    @Test(
        "refuses what is no blueprint, naming node and field",
        arguments: [
            ("[]", nil, "blueprint.json"),
            ("{", nil, "blueprint.json"),
            (#"{"nodes":{}}"#, nil, "nodes"),
            (#"{"nodes":[7]}"#, nil, "nodes[0]"),
            (#"{"nodes":[{"container_name":null}]}"#, "nodes[0]", "container_name"),
            (#"{"nodes":[{"container_name":"a","image":5}]}"#, "a", "image"),
            (#"{"nodes":[{"container_name":"a","operation_signature_list":"x"}]}"#, "a", "operation_signature_list"),
            (
                #"{"nodes":[{"container_name":"a","operation_signature_list":[{"operation_signature":null}]}]}"#, "a",
                "operation_signature"
            ),
            (#"{"nodes":[{"container_name":"a","depends_on":["b"]}]}"#, "a", "operation_signature_list"),
        ])
    func malformed(blueprint: String, node: String?, field: String) throws {
        let refusal = try #require(throws: Refusal.self) { try Self.source(blueprint).planned() }
        #expect(refusal.node == node)
        #expect(refusal.field == field)
    }

    @Test("refuses nodes of one name and nodes whose names differ in case only, naming both")
    func duplicates() throws {
        let twice = try #require(throws: Refusal.self) {
            try PipelineFixture.pipeline([PipelineFixture.node("a"), PipelineFixture.node("a")]).planned()
        }
        #expect(twice.problem == #"Two nodes are called "a""#)
        let cased = try #require(throws: Refusal.self) {
            try PipelineFixture.pipeline([PipelineFixture.node("Model"), PipelineFixture.node("model")]).planned()
        }
        #expect(cased.problem == #"The nodes "Model" and "model" differ in case only"#)
        #expect(cased.field == "container_name")
    }

    @Test("meets nodes with edges that are written in another case")
    func edgeCase() throws {
        let plan = try PipelineFixture.pipeline([
            PipelineFixture.node(
                "source1",
                operations: [
                    PipelineFixture.operation(
                        "run", input: "Empty", output: "In", to: [PipelineFixture.edge("Sink1", "run")])
                ]
            ),
            PipelineFixture.node("sink1", operations: [PipelineFixture.operation("run")]),
        ]).planned()
        let edge = try plan.blueprintNodes()[0].operations[0].edges[0]
        #expect(edge.containerName == "sink1")
        #expect(plan.notes.isEmpty)
    }

    @Test("refuses an edge to a node that is not there")
    func danglingEdge() throws {
        let refusal = try #require(throws: Refusal.self) {
            try PipelineFixture.pipeline([
                PipelineFixture.node(
                    "a", operations: [PipelineFixture.operation("run", to: [PipelineFixture.edge("nobody", "run")])])
            ]).planned()
        }
        #expect(refusal.node == "a")
        #expect(refusal.field == "connected_to")
        #expect(refusal.problem.contains("\"nobody\""))
    }

    @Test("keeps one of two equal links and says so, also where they differ in case")
    func doubleEdge() throws {
        let edges = [PipelineFixture.edge("B", "run"), PipelineFixture.edge("b", "run")]
        let plan = try PipelineFixture.pipeline([
            PipelineFixture.node("a", operations: [PipelineFixture.operation("run", to: edges)]),
            PipelineFixture.node("b", operations: [PipelineFixture.operation("run")]),
        ]).planned()
        #expect(try plan.blueprintNodes()[0].operations[0].edges.count == 1)
        #expect(plan.notes.map(\.text) == ["run is linked to b.run twice; one link is left out"])
    }

    @Test("refuses an operation that is listed twice")
    func doubleOperation() throws {
        let refusal = try #require(throws: Refusal.self) {
            try PipelineFixture.pipeline([
                PipelineFixture.node(
                    "a", operations: [PipelineFixture.operation("run"), PipelineFixture.operation("run")])
            ]).planned()
        }
        #expect(refusal.node == "a")
        #expect(refusal.problem == "The operation run is listed twice")
    }

    @Test("refuses a name that no author can have meant")
    func endlessName() throws {
        let refusal = try #require(throws: Refusal.self) {
            try PipelineFixture.pipeline([PipelineFixture.node(String(repeating: "x", count: 1_001))]).planned()
        }
        #expect(refusal.field == "container_name")
        #expect(refusal.description.utf8.count < 500)
    }

    @Test("refuses more nodes than it accepts")
    func tooMany() throws {
        let nodes = (0...2_000).map { PipelineFixture.node("n\($0)") }
        let refusal = try #require(throws: Refusal.self) { try PipelineFixture.pipeline(nodes).planned() }
        #expect(refusal.problem == "The pipeline has 2001 entries there, at most 2000 are accepted")
    }

    @Test("warns of a probe, in either spelling", arguments: ["probeIndicator", "probeIndocator"])
    func probe(key: String) throws {
        let plan = try PipelineFixture.pipeline(
            [PipelineFixture.node("a")],
            extra: [key: [["value": "false"], ["value": "true"]]]
        ).planned()
        #expect(plan.notes.map(\.kind) == [.warning])
    }

    @Test("reads the misspelt indicator where the other one is null")
    func nullIndicator() throws {
        let plan = try PipelineFixture.pipeline(
            [PipelineFixture.node("a")],
            extra: ["probeIndicator": .null, "probeIndocator": [["value": "true"]]]
        ).planned()
        #expect(plan.notes.map(\.kind) == [.warning])
    }

    @Test("accepts null and absence for everything optional")
    func nulls() throws {
        let plan = try Self.source(
            """
            {"name":null,"version":null,"input_ports":null,"probeIndicator":null,"nodes":[{"container_name":"a",
            "node_type":null,"image":"registry.example.org/a:1","proto_uri":null,"operation_signature_list":null,
            "data_broker_map":null,"splitter_map":null,"data_sources":null}]}
            """
        ).planned()
        #expect(plan.nodes.map(\.name) == ["a"])
        #expect(try plan.blueprintNodes()[0].operations.isEmpty)
    }

    private static func source(_ blueprint: String) -> SolutionSource {
        SolutionSource(
            reference: PipelineFixture.reference,
            name: "x",
            version: "1",
            content: .pipeline(blueprint: Array(blueprint.utf8), protos: [:])
        )
    }
}

extension SolutionPlan {
    /// The nodes of the rewritten blueprint.
    func blueprintNodes() throws -> [BlueprintNode] {
        let text = try #require(blueprint)
        return try Blueprint(Document(json: text)).nodes
    }
}
