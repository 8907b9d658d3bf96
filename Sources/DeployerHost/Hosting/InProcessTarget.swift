internal import Blueprints
internal import Passes
internal import TargetContract

/// A target whose code runs in this process: calls go straight to it.
struct InProcessTarget: HostedTarget {
    let target: any DeploymentTarget
    let abilities: Set<TargetAbility>
    /// What breaks down in this process takes the host along, so that there is nothing to tell.
    var quarantineReason: String? { nil }
    var fileDigest: String? { nil }

    init(_ target: any DeploymentTarget) {
        self.target = target
        abilities = TargetAbility.all(of: target)
    }

    func plan(_ source: SolutionSource, orchestratorImage: String) throws -> SolutionPlan {
        let standard = PassPipeline.standard(orchestratorImage: orchestratorImage)
        return try PassPipeline(passes: target.passes(after: standard.passes)).run(on: source)
    }

    func deploy(_ plan: SolutionPlan, options: OptionValues, report: @escaping EventReporter) async throws
        -> DeploymentOutcome
    {
        try await target.deploy(plan, options: options, report: report)
    }

    func rerun(_ plan: SolutionPlan, options: OptionValues, report: @escaping EventReporter) async throws
        -> DeploymentOutcome
    {
        try await capability((any Rerunning).self, .rerunning).rerun(plan, options: options, report: report)
    }

    func undeploy(
        _ solution: SolutionReference, options: OptionValues, report: @escaping EventReporter
    ) async throws {
        try await capability((any Undeploying).self, .undeploying).undeploy(solution, options: options, report: report)
    }

    func preview(_ plan: SolutionPlan, options: OptionValues) async throws -> DeploymentPreview {
        try await capability((any Planning).self, .planning).preview(plan, options: options)
    }

    func render(_ plan: SolutionPlan, options: OptionValues) throws -> [RenderedFile] {
        try capability((any Rendering).self, .rendering).render(plan, options: options)
    }

    func status(of solution: SolutionReference, options: OptionValues) async throws -> DeploymentStatus {
        try await capability((any StatusReporting).self, .status).status(of: solution, options: options)
    }

    func logs(
        of solution: SolutionReference, node: String?, follow: Bool, options: OptionValues,
        line: @escaping @Sendable (LogLine) -> Void
    ) async throws {
        let reading = try capability((any LogReading).self, .logs)
        try await reading.logs(of: solution, node: node, follow: follow, options: options, line: line)
    }

    func choices(for option: String, given: OptionValues) async throws -> [OptionChoice] {
        try await capability((any OptionChoosing).self, .choosing).choices(for: option, given: given)
    }

    func suggestions(for plan: SolutionPlan) throws -> [String: String] {
        try capability((any Suggesting).self, .suggesting).suggestions(for: plan)
    }

    func place(for options: OptionValues) throws -> DeploymentPlace? {
        try capability((any Placing).self, .placing).place(for: options)
    }

    func canResume(with options: OptionValues) throws -> Bool {
        try capability((any Resuming).self, .resuming).canResume(with: options)
    }

    private func capability<Capability>(_ protocol: Capability.Type, _ ability: TargetAbility) throws(TargetError)
        -> Capability
    {
        if let capability = target as? Capability { return capability }
        throw ability.missing(in: type(of: target).manifest.id)
    }
}
