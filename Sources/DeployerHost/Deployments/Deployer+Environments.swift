public import Blueprints
public import Passes
public import TargetContract

/// What only targets with an environment of their own can do.
extension Deployer {
    /// Deploys as the person at the machine, who may read everything.
    public func deploy(
        _ reference: SolutionReference,
        targetID: String,
        options: [String: String],
        report: @escaping EventReporter
    ) async throws -> DeploymentOutcome {
        let target = try target(targetID)
        let values = try OptionValues(options, for: target.manifest.options)
        let plan = try await planner.plan(reference, for: target.target, user: .operator)
        return try await target.target.deploy(plan, options: values, report: report)
    }

    /// What a deployment would do.
    /// - Throws: `TargetError` where the target cannot say it beforehand.
    public func preview(
        _ reference: SolutionReference,
        targetID: String,
        options: [String: String]
    ) async throws -> (plan: SolutionPlan, preview: DeploymentPreview) {
        let target = try target(targetID)
        let planning = try capability((any Planning).self, of: target, "planning/v1", "shows no changes beforehand")
        let values = try OptionValues(options, for: target.manifest.options)
        let plan = try await planner.plan(reference, for: target.target, user: .operator)
        return (plan, try await planning.preview(plan, options: values))
    }

    public func status(
        of reference: SolutionReference,
        targetID: String,
        options: [String: String]
    ) async throws -> DeploymentStatus {
        let target = try target(targetID)
        let reporting = try capability((any StatusReporting).self, of: target, "status-reporting/v1", "tells no status")
        return try await reporting.status(of: reference, options: OptionValues(options, for: target.manifest.options))
    }

    public func logs(
        of reference: SolutionReference,
        node: String?,
        follow: Bool,
        targetID: String,
        options: [String: String],
        line: @escaping @Sendable (LogLine) -> Void
    ) async throws {
        let target = try target(targetID)
        let reading = try capability((any LogReading).self, of: target, "log-reading/v1", "shows no logs")
        let values = try OptionValues(options, for: target.manifest.options)
        try await reading.logs(of: reference, node: node, follow: follow, options: values, line: line)
    }

    public func undeploy(
        _ reference: SolutionReference,
        targetID: String,
        options: [String: String],
        report: @escaping EventReporter
    ) async throws {
        let target = try target(targetID)
        let undeploying = try capability((any Undeploying).self, of: target, "undeploying/v1", "takes nothing away")
        let values = try OptionValues(options, for: target.manifest.options)
        try await undeploying.undeploy(reference, options: values, report: report)
    }

    private func capability<Capability>(
        _ type: Capability.Type,
        of target: LoadedTarget,
        _ name: String,
        _ lack: String
    ) throws -> Capability {
        if let capable = target.target as? Capability { return capable }
        throw TargetError(
            .unsupported,
            what: "The target \(target.manifest.id) \(lack)",
            why: "it lacks the capability \(name)",
            remedy: "Take another target; graphene-deployer targets lists them"
        )
    }
}
