import Blueprints
import Passes
import TargetContract
import TestSupport
import Testing

@testable import DeployerHost

@Suite("Limits of a target")
struct TargetLimitsTests {
    private static func excesses(_ source: SolutionSource, _ change: (inout TargetLimits) -> Void) throws
        -> [LimitExcess]
    {
        var limits = TargetLimits()
        change(&limits)
        return limits.excesses(of: try source.planned(), target: "Cluster")
    }

    @Test("permit everything where there are none")
    func none() throws {
        #expect(try Self.excesses(PipelineFixture.chain(count: 5)) { _ in }.isEmpty)
        #expect(TargetLimits().excess(of: nil, target: "Cluster") == nil)
    }

    @Test("of nodes count the nodes of the solution", arguments: [(3, true), (2, false)])
    func nodes(limit: Int, isFine: Bool) throws {
        let excesses = try Self.excesses(PipelineFixture.chain(count: 3)) { $0.nodes = limit }
        #expect(excesses.isEmpty == isFine)
        #expect(excesses.allSatisfy { $0.why.contains("3 nodes") && $0.why.contains("allows 2") })
    }

    @Test("of registries name each node whose image is from elsewhere, and the orchestrator")
    func registries() throws {
        let source = PipelineFixture.pipeline([
            PipelineFixture.node("near", image: "registry.example.org/models/a:1"),
            PipelineFixture.node("far", image: "user/b:1"),
        ])
        let models = try [#require(ImageRegistry("registry.example.org/models"))]
        let excesses = try Self.excesses(source) { $0.registries = models }
        #expect(excesses.map(\.node) == ["far", "orchestrator"])
        #expect(excesses[0].why.contains("user/b:1, from docker.io"))
        #expect(excesses[0].why.contains("registry.example.org/models"))
        let more = try models + [#require(ImageRegistry("docker.io")), #require(ImageRegistry("registry.example.org"))]
        #expect(try Self.excesses(source) { $0.registries = more }.isEmpty)
    }

    @Test(
        "of namespaces hold for the place of a deployment",
        arguments: [("team-a", true), ("demo", true), ("kube-system", false), (nil, false)])
    func namespaces(namespace: String?, isFine: Bool) throws {
        var limits = TargetLimits()
        limits.namespaces = try [#require(NamePattern("team-*")), #require(NamePattern("demo"))]
        let place = namespace.map { DeploymentPlace(server: "https://cluster", namespace: $0) }
        let excess = limits.excess(of: place, target: "Cluster")
        #expect((excess == nil) == isFine)
        #expect(excess?.why.contains("team-*, demo") != false)
    }
}
