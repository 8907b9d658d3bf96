import Blueprints
import Documents
import Passes
import TestSupport
import Testing

@Suite("The model pass")
struct ModelPassTests {
    typealias Fixture = PipelineFixture

    @Test("makes one node and no orchestrator of a single model")
    func singleModel() throws {
        let plan = try Fixture.model().planned()
        #expect(plan.isSingleModel)
        #expect(plan.orchestrator == nil)
        #expect(plan.nodes.map(\.image) == ["registry.example.org/models/model:1.0"])
        #expect(plan.nodes[0].name.hasPrefix("bird-model-"))
        #expect(plan.nodes[0].originalName == "Bird Model")
        #expect(plan.nodes[0].proto?.name == "model.proto")
    }

    @Test("gives a single model called orchestrator another name")
    func reservedModel() throws {
        #expect(try Fixture.model(name: "Orchestrator").planned().nodes[0].name.hasPrefix("orchestrator-model-"))
    }

    @Test("refuses a node without an image before anything else happens", arguments: ["", " ", .null] as [Document])
    func noImage(image: Document) throws {
        let refusal = try #require(throws: Refusal.self) {
            try Fixture.pipeline([Fixture.node("fine"), Fixture.node("My Node", image: image)]).planned()
        }
        #expect(refusal.node == "My Node")
        #expect(refusal.field == "image")
        #expect(refusal.remedy.contains("Publish the model again"))
    }

    @Test(
        "takes a URL scheme and blanks off an image, and says so",
        arguments: [
            "https://registry.example.org/a/b:1", " registry.example.org/a/b:1\n",
            "docker://registry.example.org/a/b:1",
        ])
    func cleanedImage(image: String) throws {
        let plan = try Fixture.pipeline([Fixture.node("a", image: .string(image))]).planned()
        #expect(plan.nodes[0].image == "registry.example.org/a/b:1")
        #expect(plan.notes.map(\.kind) == [.information])
    }

    @Test(
        "accepts image references as runtimes do",
        arguments: [
            "alpine", "alpine:3", "library/alpine", "localhost/x", "localhost:5000/x:latest",
            "cicd.ai4eu-dev.eu:7444/tutorials/sudoku:aspsolver-1.2",
            "r.example.org/a/b/c@sha256:" + String(repeating: "a", count: 64), "r.example.org/a__b/c.d-e:V1.0_x",
        ])
    func goodImage(image: String) throws {
        #expect(try Fixture.pipeline([Fixture.node("a", image: .string(image))]).planned().nodes[0].image == image)
    }

    @Test(
        "refuses image references that no runtime accepts",
        arguments: [
            "a b", "a//b", "/a", "a/", "a:", "a:.b", "a:-b", "a:b+c", "r.example.org:+80/a", "a@sha256:abc", ":1",
            "a:b:c", "UPPER/case", "a@sha256:xyz", "r.example.org/it's:1",
            "a;rm", "a\u{0}b", "-a", "host.example:port/a",
            String(repeating: "a", count: 600),
        ])
    func badImage(image: String) throws {
        let refusal = try #require(throws: Refusal.self) {
            try Fixture.pipeline([Fixture.node("a", image: .string(image))]).planned()
        }
        #expect(refusal.node == "a")
        #expect(refusal.field == "image")
    }

    @Test("refuses linked operations without a protobuf file, and accepts none where nothing is called")
    func protos() throws {
        let refusal = try #require(throws: Refusal.self) {
            try Fixture.pipeline([
                Fixture.node("a", operations: [Fixture.operation("run")], extra: ["proto_uri": .null])
            ]).planned()
        }
        #expect(refusal.field == "proto_uri")
        let plan = try Fixture.pipeline([Fixture.node("a", extra: ["proto_uri": ""])]).planned()
        #expect(plan.nodes[0].proto == nil)
    }

    @Test(
        "runs containers of every type it does not know, of none, and the platform's own",
        arguments: [
            "MLModel", "DataMapper", "TrainingClient", "DataSource", "Probe", "DataBroker", "something new", .null, "",
        ] as [Document])
    func types(type: Document) throws {
        #expect(try Fixture.pipeline([Fixture.node("a", type: type)]).planned().nodes.map(\.apiPort) == [8061])
    }

    @Test("keeps the mapping of a data broker that reads CSV files, and its port")
    func csvBroker() throws {
        let map: Document = ["data_broker_type": "csv", "first_row": "header"]
        let plan = try Fixture.pipeline([
            Fixture.node("broker1", type: "DataBroker", extra: ["data_broker_map": map]),
            Fixture.node("broker2", type: "DataBroker", extra: ["data_broker_map": ["data_broker_type": "sql"]]),
        ]).planned()
        #expect(plan.nodes[0].apiPort == 8556)
        #expect(plan.nodes[0].dataBrokerMap == map.jsonText())
        #expect(plan.nodes[1].apiPort == 8061)
        #expect(plan.nodes[1].dataBrokerMap == nil)
    }

    @Test("refuses a pipeline of nothing but a shared folder")
    func onlyFolder() throws {
        let refusal = try #require(throws: Refusal.self) {
            try Fixture.pipeline([Fixture.sharedFolder("/data", to: [])]).planned()
        }
        #expect(refusal.problem == "The pipeline has no node that runs a container")
    }
}
