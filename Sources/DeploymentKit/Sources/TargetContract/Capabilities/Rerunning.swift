public import Passes

/// A target that can start a deployed pipeline anew without deploying it again.
public protocol Rerunning: DeploymentTarget {
    /// Initialises the orchestrator again and runs the pipeline from its beginning.
    /// - Throws: `TargetError` where the plan is not what is deployed, or `CancellationError`.
    func rerun(
        _ plan: SolutionPlan,
        options: OptionValues,
        report: @escaping EventReporter
    ) async throws -> DeploymentOutcome
}
