import Testing

@testable import DeployerHost

@Suite("The check of a request's site")
struct SiteCheckTests {
    typealias Headers = SiteCheck.Headers

    private static func refusal(_ headers: Headers, publicOrigin: String? = nil) -> SiteRefusal? {
        do {
            try SiteCheck(publicOrigin: publicOrigin).check(headers)
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "goes by Sec-Fetch-Site where the browser sends it, whatever else there is",
        arguments: [
            ("same-origin", nil), ("none", nil), ("same-site", .otherSite), ("cross-site", .otherSite),
            ("", .otherSite), ("Same-Origin", .otherSite), ("same-origin, cross-site", .otherSite), ("new", .otherSite),
        ] as [(String, SiteRefusal?)])
    func fetchSite(site: String, refusal: SiteRefusal?) {
        #expect(Self.refusal(Headers(fetchSite: site)) == refusal)
        #expect(Self.refusal(Headers(fetchSite: site, origin: "https://a.example", host: "a.example")) == refusal)
        #expect(Self.refusal(Headers(fetchSite: site, origin: "https://b.example", host: "a.example")) == refusal)
        #expect(Self.refusal(Headers(fetchSite: site, origin: "null", host: "a.example")) == refusal)
    }

    @Test("lets programs pass that are no browsers")
    func noHeaders() {
        #expect(Self.refusal(Headers()) == nil)
        #expect(Self.refusal(Headers(host: "a.example", forwardedHost: "b.example")) == nil)
    }

    @Test(
        "compares the origin with the host it goes to",
        arguments: [
            ("https://a.example", "a.example", nil), ("http://a.example", "a.example", nil),
            ("https://a.example:8443", "a.example:8443", nil), ("http://127.0.0.1:8125", "127.0.0.1:8125", nil),
            ("https://A.Example", "a.exAMPLE", nil), ("https://[::1]:8125", "[::1]:8125", nil),
            ("https://[2001:db8::1]", "[2001:DB8::1]:443", nil), ("https://a.example", "a.example:443", nil),
            ("https://a.example:443", "a.example", nil), ("http://a.example", "a.example:80", nil),
            ("https://a.example", "a.example:80", .otherOrigin), ("http://a.example", "a.example:443", .otherOrigin),
            ("https://a.example:8443", "a.example", .otherOrigin),
            ("https://a.example", "a.example:8443", .otherOrigin),
            ("https://b.example", "a.example", .otherOrigin), ("https://x.a.example", "a.example", .otherOrigin),
            ("https://a.example", "x.a.example", .otherOrigin), ("https://a.example.evil", "a.example", .otherOrigin),
            ("https://a.example", "a.example.", .otherOrigin), ("https://a.example", nil, .otherOrigin),
            ("https://a.example", "", .otherOrigin), ("https://a.example", "user@a.example", .otherOrigin),
            ("null", "a.example", .hiddenOrigin), ("null", "null", .hiddenOrigin), ("", "", .malformedOrigin),
            ("a.example", "a.example", .malformedOrigin), ("ftp://a.example", "a.example", .malformedOrigin),
            ("file://", "", .malformedOrigin), ("https://", "", .malformedOrigin),
            ("https://a.example/", "a.example", .malformedOrigin),
            ("https://user@a.example", "a.example", .malformedOrigin),
            ("https://a.example https://b.example", "a.example", .malformedOrigin),
            ("https://a.example, https://b.example", "a.example", .malformedOrigin),
            ("https://a.example:", "a.example", .malformedOrigin),
            ("https://a.example:0", "a.example", .malformedOrigin),
            ("https://a.example:+443", "a.example", .malformedOrigin),
            ("https://a.example:65536", "a.example", .malformedOrigin), ("https://[::1", "[::1", .malformedOrigin),
            ("https://[::1]x", "[::1]", .malformedOrigin), ("https://ä.example", "ä.example", .malformedOrigin),
        ] as [(String, String?, SiteRefusal?)])
    func host(origin: String, host: String?, refusal: SiteRefusal?) {
        #expect(Self.refusal(Headers(origin: origin, host: host)) == refusal)
    }

    @Test(
        "takes the word of trusted proxies and of the configuration for the host",
        arguments: [
            ("portal.example", nil, nil), ("portal.example:443", nil, nil), ("portal.example, inner.example", nil, nil),
            ("inner.example ,portal.example", nil, nil), ("inner.example", nil, .otherOrigin), (nil, nil, .otherOrigin),
            ("", nil, .otherOrigin), (",", nil, .otherOrigin), ("evil.portal.example", nil, .otherOrigin),
            (nil, "https://portal.example", nil), (nil, "https://PORTAL.example:443", nil),
            ("inner.example", "https://portal.example", nil), (nil, "http://portal.example", .otherOrigin),
            (nil, "https://portal.example:8443", .otherOrigin), (nil, "portal.example", .otherOrigin),
        ] as [(String?, String?, SiteRefusal?)])
    func proxies(forwardedHost: String?, publicOrigin: String?, refusal: SiteRefusal?) {
        let headers = Headers(origin: "https://portal.example", host: "10.0.0.7:8125", forwardedHost: forwardedHost)
        #expect(Self.refusal(headers, publicOrigin: publicOrigin) == refusal)
    }
}
