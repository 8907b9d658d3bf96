internal import HTTPTypes
internal import Hummingbird

/// The places in which a request may bring a token, in the order in which they count.
struct TokenCarriers {
    /// Tokens of the portal: query `jwtToken`, header `Authorization` (with or without `Bearer`), header `jwtToken`.
    /// Values that are no JSON web token, for instance `Basic …`, are passed over.
    let portalTokens: [String]
    /// The value of our own cookie.
    let cookie: String?
    /// Whether the token came in the URL, from which it should disappear.
    let isInQuery: Bool

    init(_ request: Request, cookieName: String) {
        let query = request.uri.queryParameters[values: "jwtToken"].map(String.init)
        let authorization = request.headers[.authorization].map { value in
            value.lowercased().hasPrefix("bearer ") ? String(value.dropFirst("bearer ".count)) : value
        }
        let candidates = query + [authorization, request.headers[.jwtToken]].compactMap { $0 }
        portalTokens = candidates.map { $0.trimmingSpaces() }.filter(Base64URL.looksLikeToken)
        cookie = request.cookies[cookieName]?.value
        isInQuery = !query.isEmpty
    }
}

extension String {
    fileprivate func trimmingSpaces() -> String {
        var text = self[...]
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
