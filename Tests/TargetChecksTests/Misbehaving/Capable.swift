import Blueprints
import Passes
import Synchronization
import TargetContract

/// What misbehaving targets keep between calls: how often they were called.
final class Counter: Sendable {
    private let count = Atomic(0)
    /// One more than at the call before.
    func next() -> Int { count.add(1, ordering: .relaxed).newValue }
}

struct UnlistedCapabilityTarget: ExampleTarget, Rerunning {
    init(services: TargetServices) {}
    func rerun(
        _ plan: SolutionPlan, options: OptionValues, report: @escaping EventReporter
    ) async throws -> DeploymentOutcome { outcome("") }
}

struct WritingPreviewTarget: ExampleTarget, Planning {
    static var manifest: TargetManifest { example(capabilities: ["planning/v1"]) }
    let counter = Counter()
    init(services: TargetServices) {}
    func preview(_ plan: SolutionPlan, options: OptionValues) async throws -> DeploymentPreview {
        let action: DeploymentPreview.ObjectChange.Action = counter.next() == 1 ? .created : .unchanged
        return DeploymentPreview(changes: [.init(action: action, kind: "List", name: plan.name)])
    }
}

struct OtherFilesTarget: ExampleTarget, Rendering {
    static var manifest: TargetManifest { example(capabilities: ["rendering/v1"]) }
    init(services: TargetServices) {}
    func render(_ plan: SolutionPlan, options: OptionValues) throws -> [RenderedFile] {
        try checkTitle(options)
        return [RenderedFile(path: "nodes.txt", text: "another text")]
    }
}

struct LeavingPathTarget: ExampleTarget, Rendering {
    static var manifest: TargetManifest { example(capabilities: ["rendering/v1"]) }
    init(services: TargetServices) {}
    func render(_ plan: SolutionPlan, options: OptionValues) throws -> [RenderedFile] {
        [RenderedFile(path: "../nodes.txt", text: "")]
    }
}

struct LeavingThingsTarget: ExampleTarget, Undeploying, StatusReporting {
    static var manifest: TargetManifest { example(capabilities: ["undeploying/v1", "status-reporting/v1"]) }
    init(services: TargetServices) {}
    func undeploy(_ solution: SolutionReference, options: OptionValues, report: @escaping EventReporter) async throws {
        try Task.checkCancellation()
    }
    func status(of solution: SolutionReference, options: OptionValues) async throws -> DeploymentStatus {
        DeploymentStatus(state: .running)
    }
}

struct TrappedRemovalTarget: ExampleTarget, Undeploying {
    struct Nothing: Error {}
    static var manifest: TargetManifest { example(capabilities: ["undeploying/v1"]) }
    let counter = Counter()
    init(services: TargetServices) {}
    func undeploy(_ solution: SolutionReference, options: OptionValues, report: @escaping EventReporter) async throws {
        try Task.checkCancellation()
        throw Nothing()
    }
}
