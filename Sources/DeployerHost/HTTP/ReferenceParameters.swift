internal import Blueprints
internal import Hummingbird

extension DeployerRequestContext {
    /// The solution and revision of a path `…/:solutionId/:revisionId`.
    /// - Throws: `Problem` with status 400.
    func reference() throws -> SolutionReference {
        let solution = parameters.get("solutionId") ?? ""
        let revision = parameters.get("revisionId") ?? ""
        guard let reference = SolutionReference(solutionID: solution, revisionID: revision) else {
            throw Problem(
                .badRequest,
                "This is no solution",
                detail: "Ids of solutions and revisions have 1 to 36 letters, digits, dashes, underscores or dots.",
                remedy: "Open the solution in the portal and press Deploy again."
            )
        }
        return reference
    }
}
