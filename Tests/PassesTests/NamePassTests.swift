import Documents
import Passes
import TestSupport
import Testing

@Suite("The name pass")
struct NamePassTests {
    @Test(
        "leaves valid names alone and lower-cases others",
        arguments: [
            ("sudoku-gui1", "sudoku-gui1"), ("a", "a"), ("CSVDataBroker", "csvdatabroker"), ("CPM21", "cpm21"),
            (String(repeating: "x", count: 63), String(repeating: "x", count: 63)),
        ])
    func kept(original: String, name: String) throws {
        #expect(try Self.names([original]) == [name])
    }

    @Test(
        "repairs every other name into a DNS-1035 label with a hash",
        arguments: [
            ("my_model 1", "my-model-1-"), ("1st", "n1st-"), ("a.b.c", "a-b-c-"), ("größe", "groesse-"),
            ("Müller & Söhne", "mueller-soehne-"),
            ("-x-", "x-"), ("模型", "node-"), ("a/../b", "a-b-"),
            (String(repeating: "y", count: 64), String(repeating: "y", count: 51) + "-"),
        ])
    func repaired(original: String, stem: String) throws {
        let name = try #require(try Self.names([original]).first)
        #expect(name.hasPrefix(stem))
        #expect(name.utf8.count == stem.utf8.count + 6)
        #expect(ObjectName.isValid(name))
        #expect(try Self.names([original]) == [name])
    }

    @Test("keeps apart what folds to one name, whatever the order")
    func foldedEqual() throws {
        let originals = ["my model", "my_model", "my-model", "my.model"]
        let names = try Self.names(originals)
        #expect(Set(names).count == 4)
        #expect(names[2] == "my-model")
        let reversed = try Self.names(originals.reversed())
        #expect(reversed.reversed() == names)
    }

    @Test("renames what would collide with objects of the deployment itself")
    func reserved() throws {
        let names = try Self.names(["orchestrator", "x", "xwebui", "ywebui", "Kubernetes"])
        #expect(names[0].hasPrefix("orchestrator-"))
        #expect(names[1] == "x")
        #expect(names[2].hasPrefix("xwebui-"))
        #expect(names[3] == "ywebui")
        #expect(names[4].hasPrefix("kubernetes-"))
    }

    @Test(
        "never takes the name of a node that a later pass removes",
        arguments: ["Splitter", "Collator", "SharedFolder"])
    func removedNodes(type: String) throws {
        let repaired = try #require(try Self.names(["my model"]).first)
        let other = PipelineFixture.node(repaired, type: .string(type), image: "", extra: ["proto_uri": ""])
        let nodes = [PipelineFixture.node("my model"), other, PipelineFixture.node("b")]
        let plan = try PipelineFixture.pipeline(nodes).planned()
        let names = plan.nodes.map(\.name)
        #expect(names.count == 2)
        #expect(names[0] != repaired)
        #expect(try plan.blueprintNodes().map(\.containerName) == names)
    }

    @Test("uses one name in blueprint, edges, input ports and protobuf files")
    func consistent() throws {
        let plan = try PipelineFixture.pipeline(
            [
                PipelineFixture.node(
                    "First Node",
                    operations: [
                        PipelineFixture.operation(
                            "run", input: "Empty", output: "In", to: [PipelineFixture.edge("second NODE", "run")])
                    ]
                ),
                PipelineFixture.node("Second Node", operations: [PipelineFixture.operation("run")]),
            ],
            extra: [
                "input_ports": [
                    ["container_name": "Second Node", "operation_signature": ["operation_name": "run"]],
                    ["container_name": "SECOND node", "operation_signature": ["operation_name": "unlinked"]],
                    ["container_name": "somebody else"],
                ]
            ]
        ).planned()
        let names = plan.nodes.map(\.name)
        let nodes = try plan.blueprintNodes()
        #expect(nodes.map(\.containerName) == names)
        #expect(nodes[0].operations[0].edges[0].containerName == names[1])
        #expect(plan.nodes.map(\.proto?.name) == names.map { "\($0).proto" })
        #expect(plan.nodes.map(\.originalName) == ["First Node", "Second Node"])
        let blueprint = try Document(json: #require(plan.blueprint))
        let ports = try #require(blueprint["input_ports"]?.array)
        #expect(ports.map { $0["container_name"]?.string } == [names[1], names[1], "somebody else"])
        #expect(
            plan.notes.filter { $0.text.contains("is deployed under the name") }.map(\.node) == [
                "First Node", "Second Node",
            ])
    }

    private static func names(_ originals: [String]) throws -> [String] {
        try PipelineFixture.pipeline(originals.map { PipelineFixture.node($0) }).planned().nodes.map(\.name)
    }
}
