public import Blueprints

/// Where solutions come from: the catalogue of a Graphene platform, or a folder of samples.
public protocol SolutionCatalogue: Sendable {
    /// Everything a deployment of the solution needs, complete and checked.
    /// - Throws: `CatalogueError` saying what is missing, why, and what to do.
    func fetch(_ reference: SolutionReference, for user: CatalogueUser) async throws(CatalogueError) -> SolutionSource

    /// Nil if the catalogue can be used; otherwise why not, as one sentence without a full stop.
    func check() async -> String?
}

/// On whose behalf a solution is read.
public enum CatalogueUser: Sendable, Hashable {
    /// A user of the platform, by the id of the Common Data Service.
    case signedIn(userID: String)
    /// Somebody unknown: only what everybody may read.
    case anonymous
    /// Whoever may start programs on this machine: no access check.
    case `operator`
}
