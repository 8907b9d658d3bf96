internal import Hummingbird
internal import Logging

/// What a request carries from middleware to handler.
struct DeployerRequestContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// Set by `AuthenticationMiddleware`; nil only where no token is needed.
    var session: Session?

    init(source: Source) { coreContext = .init(source: source) }

    /// Bodies are small documents; whatever is larger is refused with 413.
    var maxUploadSize: Int { 512 << 10 }

    /// Who asks the catalogue.
    var catalogueUser: CatalogueUser {
        session.map { .signedIn(userID: $0.user.userID) } ?? .anonymous
    }
}
