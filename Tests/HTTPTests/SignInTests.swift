import HTTPTypes
import Hummingbird
import HummingbirdTesting
import TestSupport
import Testing

@testable import DeployerHost

@Suite("Signing in")
struct SignInTests {
    @Test(
        "is needed everywhere but for the probes",
        arguments: [
            "/", "/deploy/a/b", "/local-yaml/deploy/a/b", "/getSolutionZip/a/b", "/api/v1/targets", "/api/v1/plans",
            "/nowhere", "/healthz/x",
        ])
    func everywhere(path: String) async throws {
        try await HostFixture().test { client in
            try await client.execute(uri: path, method: .get) { response in
                #expect(response.status == .unauthorized)
                #expect(response.headers[.wwwAuthenticate] == "Bearer")
            }
        }
    }

    @Test("is not needed for the probes", arguments: ["/healthz", "/readyz"])
    func probes(path: String) async throws {
        try await HostFixture().test { client in
            try await client.execute(uri: path, method: .get) { #expect($0.status == .ok) }
            try await client.execute(uri: path, method: .head) { #expect($0.status == .ok) }
        }
    }

    @Test(
        "by a token in the URL sets the cookie and leads to the clean URL",
        arguments: [
            "/deploy/\(HostFixture.shared)", "/local-yaml/deploy/\(HostFixture.shared)",
        ])
    func cleanURL(path: String) async throws {
        let token = PortalToken().text
        try await HostFixture().test { client in
            let redirect = try await client.execute(uri: "\(path)?jwtToken=\(token)&x=1", method: .get)
            #expect(redirect.status == .seeOther)
            #expect(redirect.headers[.location] == "./cccccccc-cccc-4ccc-8ccc-cccccccccccc?x=1")
            let cookie = try #require(redirect.headers[.setCookie]?.split(separator: ";").first.map(String.init))
            #expect(!cookie.contains(token))
            let page = try await client.execute(uri: path, method: .get, headers: [.cookie: cookie])
            #expect(page.status == .ok)
            #expect(page.text.contains("turbine-vibration-training"))
        }
    }

    @Test(
        "with a slash at the end leads to the same page, and never to another host",
        arguments: [
            ("/deploy/\(HostFixture.shared)/", "../cccccccc-cccc-4ccc-8ccc-cccccccccccc"),
            ("//evil.example/deploy/\(HostFixture.shared)", "./cccccccc-cccc-4ccc-8ccc-cccccccccccc"),
        ])
    func relativeRedirect(path: String, location: String) async throws {
        try await HostFixture().test { client in
            try await client.execute(uri: "\(path)?jwtToken=x&jwtToken=\(PortalToken().text)", method: .get) {
                response in
                #expect(response.status == .seeOther)
                #expect(response.headers[.location] == location)
            }
        }
    }

    @Test("survives a token that ends in another geological era")
    func absurdExpiry() async throws {
        try await HostFixture().test { client in
            let token = PortalToken(expires: 1e300).text
            try await client.execute(uri: "/deploy/\(HostFixture.shared)?jwtToken=\(token)", method: .get) { response in
                #expect(response.status == .seeOther)
            }
        }
    }

    @Test("by header works with and without Bearer, and passes over what is no token")
    func headers() async throws {
        let token = PortalToken().text
        let accepted: [HTTPFields] = [
            [.authorization: "Bearer \(token)"], [.authorization: token], [.authorization: "bearer \(token)"],
            [.jwtToken: token],
            [.authorization: "Basic dXNlcjpwYXNz", .jwtToken: token],
        ]
        try await HostFixture().test { client in
            for headers in accepted {
                try await client.execute(uri: "/api/v1/targets", method: .get, headers: headers) {
                    #expect($0.status == .ok)
                }
            }
            try await client.execute(
                uri: "/api/v1/targets", method: .get, headers: [.authorization: "Basic dXNlcjpwYXNz"]
            ) {
                #expect($0.status == .unauthorized)
            }
        }
    }

    @Test(
        "fails with 401 for every token that is not the portal's, by whatever way it comes",
        arguments: ["/deploy/\(HostFixture.shared)", "/getSolutionZip/\(HostFixture.shared)", "/api/v1/targets"])
    func refused(path: String) async throws {
        let tokens = try PortalToken.refused.get()
        try await HostFixture().test { client in
            for (what, token) in tokens {
                let requests: [(String, HTTPFields)] = [
                    (path, [.authorization: "Bearer \(token)"]), (path, [.jwtToken: token]),
                    (path, [.cookie: "__Host-graphene-deployer=\(token)"]), ("\(path)?jwtToken=\(token)", [:]),
                ]
                for (uri, headers) in requests {
                    try await client.execute(uri: uri, method: .get, headers: headers) { response in
                        #expect(response.status == .unauthorized, "\(what)")
                        #expect(response.headers[.setCookie] == nil)
                    }
                }
            }
        }
    }

    @Test("fails with a bad token even beside a good cookie, which may be somebody else's")
    func badTokenGoodCookie() async throws {
        try await HostFixture().test { client in
            let redirect = try await client.execute(
                uri: "/deploy/\(HostFixture.shared)?jwtToken=\(PortalToken().text)", method: .get)
            let cookie = try #require(redirect.headers[.setCookie]?.split(separator: ";").first.map(String.init))
            let expired = PortalToken(expires: PortalToken.now - 1)
            var headers = HTTPFields.token(expired)
            headers[.cookie] = cookie
            try await client.execute(uri: "/api/v1/targets", method: .get, headers: headers) { response in
                #expect(response.status == .unauthorized)
                #expect(response.text.contains("expired"))
            }
        }
    }

    @Test("by cookie does not suffice for a write without a header that no form can send")
    func crossSite() async throws {
        try await HostFixture().test { client in
            let redirect = try await client.execute(
                uri: "/deploy/\(HostFixture.shared)?jwtToken=\(PortalToken().text)", method: .get)
            let cookie = try #require(redirect.headers[.setCookie]?.split(separator: ";").first.map(String.init))
            let body = ByteBuffer(
                string:
                    #"{"solutionId":"11111111-1111-4111-8111-111111111111","revisionId":"aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"}"#
            )
            var headers: HTTPFields = [.cookie: cookie, .contentType: "application/json"]
            try await client.execute(uri: "/api/v1/plans", method: .post, headers: headers, body: body) {
                #expect($0.status == .forbidden)
            }
            headers[.xRequestedWith] = "test"
            try await client.execute(uri: "/api/v1/plans", method: .post, headers: headers, body: body) {
                #expect($0.status == .ok)
            }
        }
    }

    @Test("takes tokens of several kilobytes")
    func largeToken() async throws {
        var token = PortalToken()
        token.payload["filler"] = .string(String(repeating: "x", count: 12_000))
        let text = token.text
        try await HostFixture().test { client in
            try await client.execute(uri: "/deploy/\(HostFixture.shared)?jwtToken=\(text)", method: .get) {
                #expect($0.status == .seeOther)
            }
        }
    }

    @Test("under a public prefix works whether or not a proxy strips it", arguments: ["", "/creodias-deployer"])
    func prefix(sent: String) async throws {
        var fixture = HostFixture()
        fixture.configuration.publicPrefix = "/creodias-deployer"
        try await fixture.test { client in
            let path = "\(sent)/deploy/\(HostFixture.shared)"
            let redirect = try await client.execute(uri: "\(path)?jwtToken=\(PortalToken().text)", method: .get)
            let setCookie = try #require(redirect.headers[.setCookie])
            #expect(setCookie.contains("Path=/creodias-deployer;"))
            let cookie = String(try #require(setCookie.split(separator: ";").first))
            try await client.execute(uri: path, method: .get, headers: [.cookie: cookie]) { response in
                #expect(response.status == .ok)
                #expect(response.text.contains(#"href="../../getSolutionZip/"#))
            }
            try await client.execute(uri: "\(sent)/healthz", method: .get) { #expect($0.status == .ok) }
        }
    }
}
