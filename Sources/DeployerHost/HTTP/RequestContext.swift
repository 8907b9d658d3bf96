internal import Hummingbird
internal import Logging
internal import NIOCore

/// What a request carries from middleware to handler.
struct DeployerRequestContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// Set by `AuthenticationMiddleware`; nil only where no token is needed.
    var session: Session?
    /// Whether the session is that of the cookie, which browsers send along whoever makes them ask.
    var isByCookie = false
    /// Whether the request deploys, as the target that it opens is entered; see `ImmediateEntry`.
    var entersImmediately = false
    /// The path in front of every URL, if the proxy leaves it there.
    var publicPrefix = ""
    /// The address at the other end of the connection, without port.
    let peer: String?

    init(source: Source) {
        coreContext = .init(source: source)
        peer = source.channel.remoteAddress?.ipAddress
    }

    /// Bodies are small documents; whatever is larger is refused with 413.
    var maxUploadSize: Int { 512 << 10 }

    /// Who asks the catalogue.
    var catalogueUser: CatalogueUser {
        session.map { .signedIn(userID: $0.user.userID) } ?? .anonymous
    }
}
