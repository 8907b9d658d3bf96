internal import HTTPTypes
internal import Hummingbird

/// Lets nobody past without a valid token or cookie, but for the paths that are open to all.
struct AuthenticationMiddleware: RouterMiddleware {
    typealias Context = DeployerRequestContext

    let verifier: TokenVerifier
    let cookies: SessionCookies
    let proxies: TrustedProxies
    let siteCheck: SiteCheck
    let publicPrefix: String
    /// The target that a path opens, where that means to deploy to it for this user; see `ImmediateEntry`.
    let immediateTarget: @Sendable (_ path: Substring, _ user: UserIdentity) -> LoadedTarget?
    /// Whether downloads need no token.
    let anonymousDownload: @Sendable () -> Bool

    func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.publicPrefix = publicPrefix
        guard !isOpen(request) else { return try await next(request, context) }
        let cookie = cookies.cookie(behind: prefix(request, context))
        let carriers = TokenCarriers(request, cookieName: cookie.name)
        do {
            (context.session, context.isByCookie) = try authenticate(carriers, cookie)
        } catch is TokenError where anonymousDownload() && carriers.portalTokens.isEmpty && isDownload(request) {
            // No token, or a cookie that has ended: the same as nobody.
            return try await next(request, context)
        }
        if context.isByCookie, request.method != .get, request.method != .head { try checkWrite(request, context) }
        if request.method == .get, !context.isByCookie, let session = context.session,
            immediateTarget(localPath(request), session.user) != nil
        {
            context.entersImmediately = true
            var response = try await next(request, context)
            // Where the answer leads to a page of ours, the user is known there.
            if carriers.isInQuery { response.headers[.setCookie] = cookie.issue(session) }
            return response
        }
        if carriers.isInQuery, isPage(request), let session = context.session {
            return try cleanURL(request, session: session, cookie)
        }
        return try await next(request, context)
    }

    /// A token that is given explicitly decides alone; the cookie counts only where there is none.
    private func authenticate(
        _ carriers: TokenCarriers,
        _ cookie: SessionCookie
    ) throws -> (session: Session, isByCookie: Bool) {
        var firstError: TokenError?
        for token in carriers.portalTokens {
            do {
                return (try verifier.verify(token), false)
            } catch {
                firstError = firstError ?? error
            }
        }
        if let firstError { throw firstError }
        guard let value = carriers.cookie else { throw TokenError.missing }
        return (try cookie.session(from: value), true)
    }

    /// Browsers send the cookie along whoever makes them ask. A form of ours brings a token, which is checked where it is
    /// read; a script of ours sends a header that forms cannot.
    private func checkWrite(_ request: Request, _ context: Context) throws {
        let isTrusted = proxies.trust(context.peer)
        let headers = SiteCheck.Headers(
            fetchSite: request.headers[.secFetchSite],
            origin: request.headers[.origin],
            host: request.head.authority,
            forwardedHost: isTrusted ? request.headers[.xForwardedHost] : nil
        )
        do {
            try siteCheck.check(headers)
        } catch {
            throw Problem(
                .forbidden,
                "The request may come from another page",
                detail: error.description,
                remedy: "Use the pages of this host, or send a token in the header Authorization."
            )
        }
        guard localPath(request).hasPrefix("/api/"), request.headers[.xRequestedWith] == nil else { return }
        throw Problem(
            .forbidden,
            "The request may come from another page",
            detail:
                "A request that changes something and is authenticated by a cookie needs the header X-Requested-With.",
            remedy: "Send the header X-Requested-With, or a token in the header Authorization."
        )
    }

    /// The same address without the token, so that it stays out of history, bookmarks and logs.
    private func cleanURL(_ request: Request, session: Session, _ cookie: SessionCookie) throws -> Response {
        let path = request.uri.path
        let last = (path.hasSuffix("/") ? "../" : "./") + (path.split(separator: "/").last.map(String.init) ?? "")
        let others = (request.uri.query ?? "").split(separator: "&").filter {
            !$0.hasPrefix("jwtToken=") && $0 != "jwtToken"
        }
        var headers: HTTPFields = [.location: last + (others.isEmpty ? "" : "?" + others.joined(separator: "&"))]
        guard let setCookie = cookie.issue(session) else {
            throw Problem(
                .internalServerError,
                "The session does not fit into a cookie",
                detail: "The user's name or roles are longer than a cookie can hold.",
                remedy: "Use the API with the token in the header Authorization."
            )
        }
        headers[.setCookie] = setCookie
        return Response(status: .seeOther, headers: headers)
    }

    /// What a proxy took off, else what is configured.
    private func prefix(_ request: Request, _ context: Context) -> String {
        let forwarded = proxies.trust(context.peer) ? ForwardedPrefix.path(request.headers[.xForwardedPrefix]) : ""
        return forwarded.isEmpty ? publicPrefix : forwarded
    }

    private func isOpen(_ request: Request) -> Bool {
        let path = localPath(request)
        return Self.openPaths.contains(path) || path.hasPrefix("/assets/")
    }

    private static let openPaths: Set<Substring> = [
        "/healthz", "/readyz", "/metrics", "/docs", "/openapi.yaml", "/openapi.json",
    ]

    /// Pages and nothing else are asked for by people who see the address.
    private func isPage(_ request: Request) -> Bool {
        let path = localPath(request)
        return [.get, .head].contains(request.method) && !path.hasPrefix("/api/") && !isDownload(request)
    }

    private func isDownload(_ request: Request) -> Bool { localPath(request).hasPrefix("/getSolutionZip/") }

    private func localPath(_ request: Request) -> Substring { request.localPath(behind: publicPrefix) }
}
