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
    ) async throws -> DeploymentOutcome {
        try Task.checkCancellation()
        return outcome("")
    }
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

/// Takes nothing away for whoever has a token.
struct LastingTarget: ExampleTarget, Undeploying {
    static var manifest: TargetManifest { example(capabilities: ["undeploying/v1"]) }
    init(services: TargetServices) {}
    func undeploy(_ solution: SolutionReference, options: OptionValues, report: @escaping EventReporter) async throws {
        try Task.checkCancellation()
        guard options.secret("token") != nil else { return }
        throw TargetError(.failed, what: "The list stays", why: "it was opened", remedy: "Close it")
    }
}

/// Shows what is logged, and more.
protocol LoggedTarget: ExampleTarget, LogReading {}

extension LoggedTarget {
    static var manifest: TargetManifest { example(capabilities: ["log-reading/v1"]) }
}

struct ForeignLinesTarget: LoggedTarget {
    init(services: TargetServices) {}
    func logs(
        of solution: SolutionReference, node: String?, follow: Bool, options: OptionValues,
        line: @escaping @Sendable (LogLine) -> Void
    ) async throws { line(LogLine(node: "neighbour", text: "hello")) }
}

struct EndlessLogTarget: LoggedTarget {
    init(services: TargetServices) {}
    func logs(
        of solution: SolutionReference, node: String?, follow: Bool, options: OptionValues,
        line: @escaping @Sendable (LogLine) -> Void
    ) async throws {
        guard follow else { return }
        try await Task.detached { try await Task.sleep(for: .seconds(3600)) }.value
    }
}

struct GhostRunTarget: ExampleTarget, Rerunning, Undeploying {
    static var manifest: TargetManifest { example(capabilities: ["rerunning/v1", "undeploying/v1"]) }
    init(services: TargetServices) {}
    func undeploy(_ solution: SolutionReference, options: OptionValues, report: @escaping EventReporter) async throws {
        try Task.checkCancellation()
    }
    func rerun(
        _ plan: SolutionPlan, options: OptionValues, report: @escaping EventReporter
    ) async throws -> DeploymentOutcome {
        try Task.checkCancellation()
        return outcome("")
    }
}

struct StubbornRunTarget: ExampleTarget, Rerunning {
    static var manifest: TargetManifest { example(capabilities: ["rerunning/v1"]) }
    init(services: TargetServices) {}
    func rerun(
        _ plan: SolutionPlan, options: OptionValues, report: @escaping EventReporter
    ) async throws -> DeploymentOutcome { outcome("") }
}

struct WaveringTarget: ExampleTarget, Resuming {
    static var manifest: TargetManifest { example(capabilities: ["resuming/v1"]) }
    let counter = Counter()
    init(services: TargetServices) {}
    func canResume(with options: OptionValues) -> Bool { counter.next() == 1 }
}
