internal import Blueprints
internal import Passes
internal import TargetContract

/// A target as the host calls it, wherever its code runs.
///
/// All calls may wait, also those that a target answers at once: its code may be in another process. A call for which
/// the target lacks the ability throws `TargetError`.
protocol HostedTarget: Sendable {
    /// What it can do beside deploying.
    var abilities: Set<TargetAbility> { get }
    /// Why nothing is done with it any more; nil while something is.
    var quarantineReason: String? { get }
    /// The SHA-256 of the file that each of its processes loads anew; nil for what is loaded once and for all.
    var fileDigest: String? { get }

    /// Runs the target's passes over a solution.
    /// - Throws: `Refusal` where the solution cannot be deployed.
    func plan(_ source: SolutionSource, orchestratorImage: String) async throws -> SolutionPlan
    func deploy(_ plan: SolutionPlan, options: OptionValues, report: @escaping EventReporter) async throws
        -> DeploymentOutcome
    func rerun(_ plan: SolutionPlan, options: OptionValues, report: @escaping EventReporter) async throws
        -> DeploymentOutcome
    func undeploy(_ solution: SolutionReference, options: OptionValues, report: @escaping EventReporter) async throws

    func preview(_ plan: SolutionPlan, options: OptionValues) async throws -> DeploymentPreview
    func render(_ plan: SolutionPlan, options: OptionValues) async throws -> [RenderedFile]
    func status(of solution: SolutionReference, options: OptionValues) async throws -> DeploymentStatus
    func logs(
        of solution: SolutionReference, node: String?, follow: Bool, options: OptionValues,
        line: @escaping @Sendable (LogLine) -> Void
    ) async throws

    func choices(for option: String, given: OptionValues) async throws -> [OptionChoice]
    func suggestions(for plan: SolutionPlan) async throws -> [String: String]
    func place(for options: OptionValues) async throws -> DeploymentPlace?
    func canResume(with options: OptionValues) async throws -> Bool
}
