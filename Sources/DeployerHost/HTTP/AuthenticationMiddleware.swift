internal import HTTPTypes
internal import Hummingbird

/// Lets nobody past without a valid token or cookie, but for the paths that are open to all.
struct AuthenticationMiddleware: RouterMiddleware {
    typealias Context = DeployerRequestContext

    let verifier: TokenVerifier
    let cookie: SessionCookie
    let publicPrefix: String
    /// Whether downloads need no token.
    let anonymousDownload: Bool

    func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        guard !isOpen(request) else { return try await next(request, context) }
        let carriers = TokenCarriers(request, cookieName: cookie.name)
        let session: Session
        do {
            session = try authenticate(
                carriers, isWrite: request.method != .get && request.method != .head, request)
        } catch is TokenError where anonymousDownload && carriers.portalTokens.isEmpty && isDownload(request) {
            // No token, or a cookie that has ended: the same as nobody.
            return try await next(request, context)
        }
        if carriers.isInQuery, isPage(request) { return try cleanURL(request, session: session) }
        var context = context
        context.session = session
        return try await next(request, context)
    }

    /// A token that is given explicitly decides alone; the cookie counts only where there is none.
    private func authenticate(_ carriers: TokenCarriers, isWrite: Bool, _ request: Request) throws -> Session {
        var firstError: TokenError?
        for token in carriers.portalTokens {
            do {
                return try verifier.verify(token)
            } catch {
                firstError = firstError ?? error
            }
        }
        if let firstError { throw firstError }
        guard let value = carriers.cookie else { throw TokenError.missing }
        let session = try cookie.session(from: value)
        if isWrite, request.headers[.xRequestedWith] == nil {
            throw Problem(
                .forbidden,
                "The request may come from another page",
                detail:
                    "A request that changes something and is authenticated by a cookie needs the header X-Requested-With.",
                remedy: "Send the header X-Requested-With, or a token in the header Authorization."
            )
        }
        return session
    }

    /// The same address without the token, so that it stays out of history, bookmarks and logs.
    private func cleanURL(_ request: Request, session: Session) throws -> Response {
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

    private func isOpen(_ request: Request) -> Bool {
        ["/healthz", "/readyz"].contains(localPath(request))
    }

    private func isPage(_ request: Request) -> Bool { request.uri.path.contains("/deploy/") }

    private func isDownload(_ request: Request) -> Bool { localPath(request).hasPrefix("/getSolutionZip/") }

    private func localPath(_ request: Request) -> Substring {
        let path = request.uri.path
        return !publicPrefix.isEmpty && path.hasPrefix(publicPrefix + "/")
            ? path.dropFirst(publicPrefix.count) : path[...]
    }
}
