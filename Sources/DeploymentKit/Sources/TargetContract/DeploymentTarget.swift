public import Passes

/// An execution environment that solutions can be brought to.
///
/// A target is a shared library that the host loads. Its entry file is one line, the same in every module:
///
/// ```swift
/// @c(graphene_target_entry_v1) public func entry() -> UnsafeRawPointer { export(LocalYAMLTarget.self, note: note) }
/// ```
///
/// What only some targets can do is a protocol of its own (`Rendering`, ...), which the host asks for with `as?`.
public protocol DeploymentTarget: Sendable {
    /// What the host and its users should know before anything is deployed.
    static var manifest: TargetManifest { get }

    /// Makes the target ready for use; called when the module is loaded, and again for settings that have changed while
    /// the host runs. Deployments that are under way go on with the target of before.
    /// - Throws: `TargetError` where the settings do not suffice. The host reports it and goes on without the target.
    init(settings: TargetSettings, services: TargetServices) throws

    /// The passes for this target's plans; by default the standard ones.
    func passes(after standard: [any SolutionPass]) -> [any SolutionPass]

    /// Brings a plan to the environment. Everything is checked before the first write.
    /// - Parameters:
    ///   - options: values for the options of the manifest, validated by the host.
    ///   - report: takes events while the work goes on; may be called from any thread.
    /// - Throws: `TargetError`, or `CancellationError` when the task was cancelled.
    func deploy(
        _ plan: SolutionPlan,
        options: OptionValues,
        report: @escaping EventReporter
    ) async throws -> DeploymentOutcome
}

extension DeploymentTarget {
    /// The standard passes, and no others.
    public func passes(after standard: [any SolutionPass]) -> [any SolutionPass] { standard }
}

/// Takes the events of a deployment.
public typealias EventReporter = @Sendable (DeploymentEvent) -> Void
