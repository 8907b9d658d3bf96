public import Blueprints

/// A target that can take a deployment away again.
public protocol Undeploying: DeploymentTarget {
    /// Removes what was deployed of a solution, whatever its revision, and nothing else. Returns when it is gone.
    /// - Parameters:
    ///   - options: say where; values for the options of the manifest, validated by the host.
    ///   - report: takes events while the work goes on; may be called from any thread.
    /// - Throws: `TargetError`, or `CancellationError` when the task was cancelled.
    func undeploy(
        _ solution: SolutionReference,
        options: OptionValues,
        report: @escaping EventReporter
    ) async throws
}
