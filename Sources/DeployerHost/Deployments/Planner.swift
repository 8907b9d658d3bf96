internal import Blueprints
internal import Passes
internal import Secrets
internal import TargetContract

/// From ids to a plan: fetches a solution and runs the passes of a target over it. Nothing is written anywhere.
struct Planner: Sendable {
    private let catalogue: any SolutionCatalogue
    private let orchestratorImage: String

    init(catalogue: any SolutionCatalogue, orchestratorImage: String) {
        self.catalogue = catalogue
        self.orchestratorImage = orchestratorImage
    }

    /// - Parameter target: whose passes are run; nil for the standard ones.
    /// - Throws: `CatalogueError` where the solution cannot be had, `Refusal` where it cannot be deployed.
    func plan(
        _ reference: SolutionReference,
        for target: LoadedTarget?,
        user: CatalogueUser
    ) async throws -> SolutionPlan {
        try await planned(reference, for: target, user: user).plan
    }

    /// The same, with what the catalogue gave.
    func planned(
        _ reference: SolutionReference,
        for target: LoadedTarget?,
        user: CatalogueUser
    ) async throws -> PlannedSolution {
        let source = try await catalogue.fetch(reference, for: user)
        let plan =
            if let target {
                try await target.hosted.plan(source, orchestratorImage: orchestratorImage)
            } else {
                try PassPipeline.standard(orchestratorImage: orchestratorImage).run(on: source)
            }
        guard case .pipeline(let blueprint, _) = source.content else {
            return PlannedSolution(plan: plan, blueprintDigest: nil)
        }
        return PlannedSolution(plan: plan, blueprintDigest: SHA256(hashing: blueprint).hex)
    }
}

/// A plan, and the SHA-256 of the blueprint it was made of; a revision's blueprint may be overwritten in the catalogue.
struct PlannedSolution: Sendable {
    let plan: SolutionPlan
    /// Nil for a single model.
    let blueprintDigest: String?
}
