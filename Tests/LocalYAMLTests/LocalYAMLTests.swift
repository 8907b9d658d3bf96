import Documents
import LocalYAML
import Packaging
import Passes
import TargetContract
import TestSupport
import Testing

@Suite("local-yaml")
struct LocalYAMLTests {
    private static func target(settings: DocumentObject = [:]) throws -> LocalYAMLTarget {
        try LocalYAMLTarget(settings: TargetSettings(settings), services: TargetServices { _, _ in })
    }

    @Test("hands over the package of the solution")
    func artifact() async throws {
        let values = try OptionValues(["volume-size": "20Gi"], for: LocalYAMLTarget.manifest.options)
        let plan = try PipelineFixture.chain(count: 4).planned()
        let outcome = try await Self.target().deploy(plan, options: values) { _ in }
        let artifact = try #require(outcome.artifact)
        let package = try SolutionPackage(plan, options: values)
        #expect(try artifact.bytes == package.zip())
        #expect(try Self.target().render(plan, options: values) == package.files)
        #expect(artifact.fileName == "solution.zip")
        #expect(artifact.mediaType == "application/zip")
        #expect(outcome.state == .completed)
    }

    @Test("refuses settings it does not know")
    func unknownSettings() throws {
        let error = try #require(throws: TargetError.self) { try Self.target(settings: ["typo": 1]) }
        #expect(error.code == .invalidSettings)
        #expect(error.what.contains("typo"))
    }
}
