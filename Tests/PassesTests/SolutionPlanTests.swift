import Blueprints
import Documents
import Passes
import TestSupport
import Testing

@Suite("A plan")
struct SolutionPlanTests {
    @Test("has one digest for one solution, on every machine")
    func stableDigest() throws {
        let digest = try PipelineFixture.chain(count: 3).planned().digest()
        #expect(try PipelineFixture.chain(count: 3).planned().digest() == digest)
        #expect(digest == "c84df554d8102d75a1831cf719d16227c5fc53792d74d743e1ce6911a1e6fec6")
    }

    @Test("has another digest when anything changes")
    func changedDigest() throws {
        #expect(
            try PipelineFixture.chain(count: 3).planned().digest() != PipelineFixture.chain(count: 4).planned().digest()
        )
    }

    @Test("survives being written and read")
    func codable() throws {
        let plan = try PipelineFixture.pipeline([
            PipelineFixture.sharedFolder("/data", to: ["a b"]),
            PipelineFixture.node("a b", operations: [PipelineFixture.mountVolume()]),
        ]).planned()
        let document = try Document(encoding: plan)
        #expect(try document.decoded(as: SolutionPlan.self) == plan)
    }

    @Test("keeps unknown fields and the order of members in the blueprint")
    func unknownFields() throws {
        let text = """
            {"future":{"z":1.50,"a":[null,true]},"name":"n","nodes":[{"note":"Grüße/ \\u00fc","container_name":"a",\
            "image":"registry.example.org/a:1","operation_signature_list":[{"extra":1e3,"operation_signature":{"x":"y",\
            "operation_name":"run","input_message_name":"In","output_message_name":"Out"},"connected_to":[]}]}]}
            """
        let source = SolutionSource(
            reference: PipelineFixture.reference,
            name: "x",
            version: "1",
            content: .pipeline(
                blueprint: Array(text.replacing("\"image\"", with: "\"proto_uri\":\"p\",\"image\"").utf8),
                protos: ["p": PipelineFixture.proto()]
            )
        )
        let expected = text.replacing("\"image\"", with: "\"proto_uri\":\"p\",\"image\"").replacing(
            "\\u00fc", with: "ü")
        #expect(try source.planned().blueprint == expected)
    }

    @Test("adds an orchestrator that knows how many operations it will call")
    func orchestrator() throws {
        let plan = try PipelineFixture.chain(count: 5).planned()
        #expect(plan.orchestrator == PlannedOrchestrator(image: PipelineFixture.orchestratorImage, operationCount: 5))
    }

    @Test("runs the passes of a target behind the standard ones")
    func ownPass() throws {
        struct TagPass: SolutionPass {
            func apply(to draft: inout SolutionDraft) throws(Refusal) {
                for index in draft.nodes.indices { draft.nodes[index].image += "-gpu" }
            }
        }
        let standard = PassPipeline.standard(orchestratorImage: PipelineFixture.orchestratorImage).passes
        let plan = try PassPipeline(passes: standard + [TagPass()]).run(on: PipelineFixture.model())
        #expect(plan.nodes[0].image == "registry.example.org/models/model:1.0-gpu")
    }
}
