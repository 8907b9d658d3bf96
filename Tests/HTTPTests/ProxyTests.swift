import Testing
import Transport

@testable import DeployerHost

@Suite("A proxy's headers")
struct ProxyTests {
    @Test(
        "count if the proxy is in a trusted range",
        arguments: [
            ("10.1.2.3", true), ("::ffff:10.1.2.3", true), ("2001:db8::7", true), ("192.0.2.7", true),
            ("192.0.2.8", false), ("11.0.0.1", false), ("::ffff:11.0.0.1", false), ("2001:db9::7", false),
            ("::10.1.2.3", false), ("64:ff9b::10.1.2.3", false), ("2002:a01:203::", false), (nil, false), ("", false),
            ("10.1.2.3:80", false), ("unix", false), ("[2001:db8::7]", false),
        ] as [(String?, Bool)])
    func trust(peer: String?, isTrusted: Bool) throws {
        let ranges = ["10.0.0.0/8", "2001:db8::/32", "192.0.2.7"]
        let proxies = TrustedProxies(try ranges.map { try #require(AddressRange($0)) })
        #expect(proxies.trust(peer) == isTrusted)
    }

    @Test("never count where no proxy is trusted", arguments: ["127.0.0.1", "::1", "10.1.2.3"])
    func distrust(peer: String) {
        #expect(!TrustedProxies([]).trust(peer))
    }

    @Test(
        "tell the prefix that was taken off, if it is a path",
        arguments: [
            ("/creodias-deployer", "/creodias-deployer"), ("/a/b_c.d/", "/a/b_c.d"), ("/", ""), ("", ""), (nil, ""),
            ("/a..b", "/a..b"), ("creodias-deployer", ""), ("//evil.example", ""), ("/a//b", ""), ("/a//", ""),
            ("/..", ""), ("/a/../b", ""), ("/a/./b", ""), ("/a, /b", ""), ("/a b", ""), ("/a%2fb", ""), ("/a;b", ""),
            ("/a\r\nSet-Cookie: x", ""), ("/\u{0}", ""), ("/ä", ""), ("https://evil.example/a", ""), ("/a?b", ""),
            ("/a\\b", ""), ("/" + String(repeating: "a", count: 255), "/" + String(repeating: "a", count: 255)),
            ("/" + String(repeating: "a", count: 256), ""),
        ] as [(String?, String)])
    func prefix(header: String?, path: String) {
        #expect(ForwardedPrefix.path(header) == path)
    }
}
