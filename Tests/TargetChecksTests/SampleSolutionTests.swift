import Passes
@testable import TargetChecks
import Testing

@Suite("Solutions of the conformance suite")
struct SampleSolutionTests {
    @Test("are planned without a warning, under their names", arguments: SampleSolution.allCases)
    func plans(solution: SampleSolution) throws {
        let source = try #require(solution.source(image: "registry.example.org/node:1"))
        let plan = try PassPipeline.standard(orchestratorImage: "registry.example.org/orchestrator:1").run(on: source)
        #expect(plan.notes.filter { $0.kind == .warning } == [])
        #expect(plan.name == solution.rawValue)
        #expect(plan.isSingleModel == (solution == .model))
        #expect(plan.sharedFolders.isEmpty == (solution != .folder))
    }

    @Test("have no node in common")
    func nodes() throws {
        let plans = try SampleSolution.allCases.compactMap { $0.source(image: "registry.example.org/node:1") }
            .map { try PassPipeline.standard(orchestratorImage: "registry.example.org/orchestrator:1").run(on: $0) }
        let names = plans.flatMap { $0.nodes.map(\.name) }
        #expect(Set(names).count == names.count)
    }
}
