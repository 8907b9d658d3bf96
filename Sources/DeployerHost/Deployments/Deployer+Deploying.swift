public import Blueprints
public import Passes
public import TargetContract

extension Deployer {
    /// Brings a solution to a target, as the person at the machine, who may read everything.
    /// - Parameter report: takes the notes of the plan first, then the target's events; called from any thread.
    /// - Throws: `OptionProblems`, `CatalogueError`, `Refusal`, `LimitRefusal`, `TargetError`, or `CancellationError`
    ///   when the task was cancelled.
    public func deploy(
        _ reference: SolutionReference,
        targetID: String,
        options: [String: String],
        report: @escaping EventReporter
    ) async throws -> DeploymentOutcome {
        let target = try targets.required(targetID)
        let values = try OptionValues(options, for: target.manifest.options)
        try await target.checkLimits(of: values)
        let plan = try await planner.plan(reference, for: target, user: .operator)
        try target.checkLimits(of: plan)
        plan.notes.map(DeploymentEvent.init).forEach(report)
        try Task.checkCancellation()
        return try await target.hosted.deploy(plan, options: values, report: report)
    }

    /// Compares a solution with what is in a target's environment; nothing is written.
    /// - Throws: what `deploy` throws, and `TargetError` where the target cannot tell beforehand.
    public func preview(
        _ reference: SolutionReference,
        targetID: String,
        options: [String: String]
    ) async throws -> (plan: SolutionPlan, preview: DeploymentPreview) {
        try await preview(reference, targetID: targetID, options: options, user: .operator)
    }

    func preview(
        _ reference: SolutionReference,
        targetID: String,
        options: [String: String],
        user: CatalogueUser
    ) async throws -> (plan: SolutionPlan, preview: DeploymentPreview) {
        let target = try targets.required(targetID)
        try target.require(.planning)
        let values = try OptionValues(options, for: target.manifest.options)
        let plan = try await planner.plan(reference, for: target, user: user)
        return (plan, try await target.preview(plan, options: values))
    }

    /// Starts a deployed pipeline from its beginning.
    /// - Throws: what `deploy` throws, and `TargetError` where the target cannot do that.
    public func rerun(
        _ reference: SolutionReference,
        targetID: String,
        options: [String: String],
        report: @escaping EventReporter
    ) async throws -> DeploymentOutcome {
        let target = try targets.required(targetID)
        try target.require(.rerunning)
        let values = try OptionValues(options, for: target.manifest.options)
        try await target.checkLimits(of: values)
        let plan = try await planner.plan(reference, for: target, user: .operator)
        try target.checkLimits(of: plan)
        return try await target.hosted.rerun(plan, options: values, report: report)
    }
}

extension LoadedTarget {
    /// What a deployment would do; what is beyond the target's limits is in the way, too.
    func preview(_ plan: SolutionPlan, options: OptionValues) async throws -> DeploymentPreview {
        var excesses = limits.excesses(of: plan, target: manifest.name)
        if limits.namespaces != nil {
            excesses += [limits.excess(of: try await place(for: options), target: manifest.name)].compactMap(\.self)
        }
        var preview = try await hosted.preview(plan, options: options)
        preview.obstacles = excesses.map(\.finding) + preview.obstacles
        return preview
    }
}

extension DeploymentEvent {
    /// What the passes decided, as the first events of a deployment.
    init(_ note: PlanNote) {
        self.init(note.kind == .warning ? .warning : .information, node: note.node, text: note.text)
    }
}
