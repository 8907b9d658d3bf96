/// Why a request is taken for somebody else's. The text repeats nothing of the request.
struct SiteRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    var description: String

    static let otherSite = SiteRefusal(
        description: "The browser says (Sec-Fetch-Site) that the request was made by a page of another site.")
    static let otherOrigin = SiteRefusal(
        description: """
            The request was made by a page of another origin (header Origin) than the one it goes to. Where a proxy \
            changes the header Host, it must send X-Forwarded-Host and be trusted, or the public origin be configured.
            """)
    static let hiddenOrigin = SiteRefusal(
        description: "The browser hides which page made the request (Origin: null).")
    static let malformedOrigin = SiteRefusal(
        description: "The header Origin is not an http or https origin.")
}
