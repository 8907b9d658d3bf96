internal import Blueprints

/// Whether a user may read a solution. CDS answers every caller, so its callers must ask.
struct AccessCheck: Sendable {
    let data: CommonDataService
    /// Off: everybody may read everything, and CDS is not asked.
    let isOn: Bool

    /// Nil if the user may.
    func refusal(of solution: String, to user: CatalogueUser) async -> CatalogueError? {
        guard isOn else { return nil }
        do throws(CatalogueError) {
            switch user {
            case .operator: return nil
            case .anonymous: return try await refusalForAnonymous(solution)
            case .signedIn(let id): return try await refusal(of: solution, toUser: id)
            }
        } catch {
            return error
        }
    }

    private func refusalForAnonymous(_ solution: String) async throws(CatalogueError) -> CatalogueError? {
        let catalogs = try await data.catalogs(ofSolution: solution).get()
        guard !catalogs.contains(where: \.isPublic) else { return nil }
        return denied(
            "it is in no public catalog, and nobody is signed in",
            "Sign in at the portal and deploy it from there"
        )
    }

    private func refusal(of solution: String, toUser id: String) async throws(CatalogueError) -> CatalogueError? {
        // The id becomes part of a path; CDS has none of another form.
        guard SolutionReference(solutionID: solution, revisionID: id) != nil else {
            return denied("the user id of the token is none of the platform", "Sign in at the portal again")
        }
        async let userAnswer = data.user(id)
        async let accessAnswer = data.access(user: id, solution: solution)
        guard let user = try await userAnswer.get() else {
            return denied("the platform does not know your account", "Sign in at the portal again")
        }
        guard user.isActive else {
            return CatalogueError(
                .inactive,
                what: "The solution can't be deployed",
                why: "your account has been deactivated",
                remedy: "Ask the operator of the platform"
            )
        }
        guard try await accessAnswer.get()?.count ?? 0 > 0 else {
            return denied(
                "it is in no catalog, you are not its owner, and it has not been shared with you",
                "Ask its owner to share or to publish it"
            )
        }
        return nil
    }

    private func denied(_ why: String, _ remedy: String) -> CatalogueError {
        CatalogueError(.accessDenied, what: "You may not read this solution", why: why, remedy: remedy)
    }
}
