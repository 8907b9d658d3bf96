internal import HTTPTypes
internal import Hummingbird

/// Headers that keep browsers from doing more with an answer than show it (OWASP ASVS 5, chapter 3.4).
struct SecurityHeadersMiddleware: RouterMiddleware {
    typealias Context = DeployerRequestContext

    /// Whether users come by https, which is what `Strict-Transport-Security` is for.
    let isSecure: Bool

    func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        response.headers[.contentSecurityPolicy] =
            "default-src 'self'; object-src 'none'; base-uri 'none'; "
            + "form-action 'self'; frame-ancestors 'none'"
        response.headers[.xContentTypeOptions] = "nosniff"
        response.headers[.referrerPolicy] = "no-referrer"
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        if isSecure { response.headers[.strictTransportSecurity] = "max-age=31536000" }
        return response
    }
}

extension HTTPField.Name {
    static let referrerPolicy = Self.known("Referrer-Policy")
    static let jwtToken = Self.known("jwtToken")
    static let xRequestedWith = Self.known("X-Requested-With")
    static let xAccelBuffering = Self.known("X-Accel-Buffering")
    static let idempotencyKey = Self.known("Idempotency-Key")
    static let secFetchSite = Self.known("Sec-Fetch-Site")
    static let xForwardedHost = Self.known("X-Forwarded-Host")
    static let xForwardedPrefix = Self.known("X-Forwarded-Prefix")
    static let lastEventID = Self.known("Last-Event-ID")

    /// For names that are valid tokens by sight; anything else would end up as `X-Invalid`.
    private static func known(_ name: String) -> HTTPField.Name {
        HTTPField.Name(name) ?? .init(parsed: "x-invalid") ?? .accept
    }
}
