public import Blueprints
public import Passes
public import TargetContract

/// A host without its server: a catalogue, the loaded targets, and what can be done with both. Commands and the HTTP
/// server work through this.
public struct Deployer: Sendable {
    /// What the administrator decided.
    public let configuration: Configuration
    let targets: TargetRegistry
    let planner: Planner
    let catalogue: any SolutionCatalogue
    /// What became of the last wish to take over the configuration.
    var reload = ReloadStatus()

    /// Loads the enabled targets and opens the catalogue; a target that cannot be loaded is listed, never fatal.
    /// - Parameter log: takes the modules' log lines.
    /// - Throws: `ConfigurationProblems` where no catalogue is configured.
    public init(
        configuration: Configuration,
        log: @escaping @Sendable (TargetServices.LogLevel, String) -> Void
    ) throws {
        let catalogue = try CatalogueFactory.make(configuration.catalogue)
        let targets = TargetRegistry(configuration: configuration, log: log)
        self.init(configuration: configuration, catalogue: catalogue, targets: targets)
    }

    init(configuration: Configuration, catalogue: any SolutionCatalogue, targets: TargetRegistry) {
        self.configuration = configuration
        self.targets = targets
        self.catalogue = catalogue
        planner = Planner(catalogue: catalogue, orchestratorImage: configuration.orchestratorImage)
    }

    /// One sentence for each module that was rejected.
    public var rejectedModules: [String] { targets.rejected.map(\.sentence) }

    /// What can be done with deployments that are there; needs no catalogue.
    public var operations: DeploymentOperations { DeploymentOperations(targets) }

    /// What a target says of itself.
    /// - Throws: `TargetError` where there is no such target.
    public func manifest(of targetID: String) throws -> TargetManifest { try targets.required(targetID).manifest }

    /// Plans a solution as the person at the machine, who may read everything.
    /// - Parameter targetID: whose passes are run, and whose limits hold; nil for the standard ones.
    /// - Throws: `CatalogueError`, `Refusal`, `TargetError`, or `LimitRefusal`.
    public func plan(_ reference: SolutionReference, targetID: String?) async throws -> SolutionPlan {
        let target = try targetID.map { id in try targets.required(id) }
        let plan = try await planner.plan(reference, for: target, user: .operator)
        try target?.checkLimits(of: plan)
        return plan
    }

    /// The files that a target makes of a solution.
    /// - Throws: `TargetError` where the target is not there or renders no files.
    public func render(
        _ reference: SolutionReference,
        targetID: String,
        options: [String: String]
    ) async throws -> [RenderedFile] {
        let target = try targets.required(targetID)
        try target.require(.rendering)
        let values = try OptionValues(options, for: target.manifest.options)
        try await target.checkLimits(of: values)
        let plan = try await planner.plan(reference, for: target, user: .operator)
        try target.checkLimits(of: plan)
        return try await target.hosted.render(plan, options: values)
    }

    /// Deploys to a target that only hands something over, and returns what it hands over.
    public func artifact(
        _ reference: SolutionReference,
        targetID: String,
        options: [String: String]
    ) async throws -> DeploymentOutcome.Artifact {
        try await artifact(reference, of: targets.required(targetID), options: options, user: .operator).artifact
    }

    func artifact(
        _ reference: SolutionReference,
        of target: LoadedTarget,
        options: [String: String],
        user: CatalogueUser
    ) async throws -> (artifact: DeploymentOutcome.Artifact, plan: SolutionPlan) {
        let values = try OptionValues(options, for: target.manifest.options)
        try await target.checkLimits(of: values)
        let plan = try await planner.plan(reference, for: target, user: user)
        try target.checkLimits(of: plan)
        let outcome = try await target.hosted.deploy(plan, options: values) { _ in }
        guard let artifact = outcome.artifact else {
            throw TargetError(
                .unsupported,
                what: "The target \(target.manifest.id) hands over no file",
                why: "its deployments have no artifact",
                remedy: "Take another target"
            )
        }
        return (artifact, plan)
    }
}
