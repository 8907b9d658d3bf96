import Blueprints
import Passes
import TestSupport
import Testing

@testable import DeployerHost

@Suite("The graph of a plan", .timeLimit(.minutes(1)))
struct PlanTests {
    static func sample(_ text: String) async throws -> PipelineGraph {
        let reference = try #require(SolutionReference(text))
        let source = try await DirectoryCatalogue(folder: Repository.samplesPath).fetch(reference, for: .anonymous)
        return try PipelineGraph(plan: source.planned())
    }

    @Test("is one box for a single model")
    func model() async throws {
        let graph = try await Self.sample(
            "11111111-1111-4111-8111-111111111111/aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa")
        #expect(graph.title == "BirdCallClassifier" && graph.edges.isEmpty)
        #expect(graph.nodes.map(\.kind) == [.model])
        #expect(graph.nodes[0].sublabel == "bird-call-classifier:1.2.0")
        #expect(graph.nodes[0].details.last == "registry.example.org/graphene-samples/bird-call-classifier:1.2.0")
    }

    @Test(
        "has a box per container and folder, and the orchestrator",
        arguments: [
            ("22222222-2222-4222-8222-222222222222/bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb", 3, 0),
            ("33333333-3333-4333-8333-333333333333/cccccccc-cccc-4ccc-8ccc-cccccccccccc", 4, 1),
            ("44444444-4444-4444-8444-444444444444/dddddddd-dddd-4ddd-8ddd-dddddddddddd", 4, 0),
            ("55555555-5555-4555-8555-555555555555/eeeeeeee-eeee-4eee-8eee-eeeeeeeeeeee", 3, 0),
        ])
    func samples(reference: String, models: Int, folders: Int) async throws {
        let graph = try await Self.sample(reference)
        #expect(graph.nodes.count { $0.kind == .model } == models)
        #expect(graph.nodes.count { $0.kind == .sharedFolder } == folders)
        #expect(graph.nodes.count { $0.kind == .orchestrator } == 1)
        #expect(graph.edges.contains { $0.kind == .data })
        let layout = GraphLayout(graph)
        #expect(layout.lines.count == graph.edges.count && layout.overlaps.isEmpty)
        #expect(layout.strayLines(in: graph).isEmpty)
        #expect(try ParsedDrawing(graph).elements("a").count == models + folders + 1)
    }

    @Test("has an edge per link, with what flows and the operations it joins")
    func links() throws {
        let source = PipelineFixture.pipeline([
            PipelineFixture.node(
                "Cam.Era",
                operations: [
                    PipelineFixture.operation(
                        "snap", input: "Empty", output: "Image", streams: (false, true),
                        to: [PipelineFixture.edge("Cam.Era", "snap"), PipelineFixture.edge("model", "predict")])
                ]),
            PipelineFixture.node("model", operations: [PipelineFixture.operation("predict")]),
        ])
        let graph = try PipelineGraph(plan: source.planned())
        let camera = try #require(graph.nodes.first)
        #expect(camera.details.first == "called \"Cam.Era\" by its author")
        #expect(
            graph.edges == [
                PipelineGraph.Edge(
                    from: camera.anchor, to: camera.anchor, operation: "snap → snap", message: "stream Image"),
                PipelineGraph.Edge(
                    from: camera.anchor, to: "node-model", operation: "snap → predict", message: "stream Image"),
            ])
    }

    @Test("joins a folder with those who mount it")
    func folders() throws {
        let source = PipelineFixture.pipeline([
            PipelineFixture.sharedFolder("/data", to: ["data", "b"]),
            PipelineFixture.node("data", operations: [PipelineFixture.mountVolume()]),
            PipelineFixture.node("b", operations: [PipelineFixture.mountVolume()]),
        ])
        let graph = try PipelineGraph(plan: source.planned())
        let folder = try #require(graph.nodes.first { $0.kind == .sharedFolder })
        #expect(folder.label == "/data" && folder.sublabel == "shared folder")
        #expect(graph.edges.map(\.kind) == [.volume, .volume])
        #expect(graph.edges.map(\.from) == [folder.anchor, folder.anchor])
        #expect(graph.edges.map(\.to) == ["node-data", "node-b"])
        #expect(Set(graph.nodes.map(\.anchor)).count == 4)
    }

    @Test("shows the states that are known, and words it does not know as they are")
    func states() throws {
        let plan = try PipelineFixture.chain(count: 3).planned()
        let graph = try PipelineGraph(
            plan: plan,
            states: ["model1": "failed", "model2": "hibernating", "orchestrator": "running", "nobody": "ready"])
        #expect(graph.nodes.map(\.state) == [.failed, .unknown, nil, .running])
        #expect(graph.nodes.map(\.stateWord) == ["failed", "hibernating", nil, "running"])
    }
}
