import Blueprints
import Passes
import Synchronization
import TargetContract

/// Works for an hour, whoever cancels it.
private func work() async throws { try await Task.detached { try await Task.sleep(for: .seconds(3600)) }.value }

/// Looks only before the start whether it is cancelled. Has work to do in the second deployment after a cancelled one.
final class DeafWorkTarget: ExampleTarget {
    private let deployments = Mutex<Int?>(nil)
    init(services: TargetServices) {}
    func deploy(
        _ plan: SolutionPlan, options: OptionValues, report: @escaping EventReporter
    ) async throws -> DeploymentOutcome {
        let number = deployments.withLock { number in
            number = Task.isCancelled ? 0 : number.map { $0 + 1 }
            return number
        }
        try Task.checkCancellation()
        try checkTitle(options)
        if number == 2 { try await work() }
        return outcome(try await text(of: plan, options))
    }
}

struct DeafConnectionTarget: ExampleTarget {
    init(services: TargetServices) {}
    func deploy(
        _ plan: SolutionPlan, options: OptionValues, report: @escaping EventReporter
    ) async throws -> DeploymentOutcome {
        try Task.checkCancellation()
        try await Task.detached { try await Task.sleep(for: .seconds(4)) }.value
        throw TargetError(.unavailable, what: "Nobody answers", why: "it took a second", remedy: "Wait")
    }
}

struct DeafRemovalTarget: ExampleTarget, Undeploying {
    static var manifest: TargetManifest { example(capabilities: ["undeploying/v1"]) }
    init(services: TargetServices) {}
    func undeploy(_ solution: SolutionReference, options: OptionValues, report: @escaping EventReporter) async throws {
        try Task.checkCancellation()
        try await Task.detached { try await Task.sleep(for: .seconds(4)) }.value
    }
}

struct DeafLogTarget: LoggedTarget {
    init(services: TargetServices) {}
    func logs(
        of solution: SolutionReference, node: String?, follow: Bool, options: OptionValues,
        line: @escaping @Sendable (LogLine) -> Void
    ) async throws {
        try Task.checkCancellation()
        if follow { try await work() }
    }
}

struct DeafRunTarget: ExampleTarget, Rerunning {
    static var manifest: TargetManifest { example(capabilities: ["rerunning/v1"]) }
    init(services: TargetServices) {}
    func rerun(
        _ plan: SolutionPlan, options: OptionValues, report: @escaping EventReporter
    ) async throws -> DeploymentOutcome {
        try Task.checkCancellation()
        try await Task.detached { try await Task.sleep(for: .seconds(4)) }.value
        return outcome("")
    }
}
