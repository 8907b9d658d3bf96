internal import Blueprints
internal import Passes
internal import TargetContract

/// From ids to a plan: fetches a solution and runs the passes of a target over it. Nothing is written anywhere.
struct Planner: Sendable {
    private let catalogue: any SolutionCatalogue
    private let standard: PassPipeline

    init(catalogue: any SolutionCatalogue, orchestratorImage: String) {
        self.catalogue = catalogue
        standard = PassPipeline.standard(orchestratorImage: orchestratorImage)
    }

    /// - Parameter target: whose passes are run; nil for the standard ones.
    /// - Throws: `CatalogueError` where the solution cannot be had, `Refusal` where it cannot be deployed.
    func plan(
        _ reference: SolutionReference,
        for target: (any DeploymentTarget)?,
        user: CatalogueUser
    ) async throws -> SolutionPlan {
        let source = try await catalogue.fetch(reference, for: user)
        let passes = target?.passes(after: standard.passes) ?? standard.passes
        return try PassPipeline(passes: passes).run(on: source)
    }
}
