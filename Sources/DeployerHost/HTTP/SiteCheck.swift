/// Whether a request that changes something comes from our own pages, as far as its headers tell (ASVS 3.5.3).
///
/// Browsers write these headers themselves and let no page change them. Other programs need not send any: they bring
/// no cookie against their user's will, and the form's token or own header is asked for in any case.
struct SiteCheck: Sendable {
    private let publicOrigin: Origin?

    /// - Parameter publicOrigin: scheme, host and port of the public URL (`https://portal.example.org`); nil where
    ///   `Host` or a proxy tells.
    init(publicOrigin: String?) { self.publicOrigin = publicOrigin.flatMap(Origin.init) }

    /// The headers that matter; nil for those that are not there.
    struct Headers: Sendable {
        /// `Sec-Fetch-Site`
        var fetchSite: String?
        /// `Origin`
        var origin: String?
        /// `Host`, or `:authority`.
        var host: String?
        /// `X-Forwarded-Host` if it is a trusted proxy's. It may be a list, one host for each proxy on the way.
        var forwardedHost: String?
    }

    /// - Throws: `SiteRefusal` for a request that comes, or may come, from a page of somebody else.
    func check(_ headers: Headers) throws(SiteRefusal) {
        if let site = headers.fetchSite {
            // `none`: the user's own doing, for instance reloading the page that a form had led to.
            guard site == "same-origin" || site == "none" else { throw .otherSite }
            return
        }
        guard let text = headers.origin else { return }
        guard text != "null" else { throw .hiddenOrigin }
        guard let origin = Origin(text) else { throw .malformedOrigin }
        guard origin == publicOrigin || Self.hosts(headers).contains(where: origin.isAt) else { throw .otherOrigin }
    }

    private static func hosts(_ headers: Headers) -> [Substring] {
        [headers.host, headers.forwardedHost].compactMap { $0 }.flatMap { header in
            header.split(separator: ",").map { host in
                host.drop { $0 == " " }.prefix { $0 != " " }
            }
        }
    }
}
