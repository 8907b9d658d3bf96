import Foundation
import Secrets
import TestSupport
import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct TLSTests {
    @Test func `A certificate that nobody vouches for ends the request`() async throws {
        try await Repository.withFolder { folder in
            let authority = try TestAuthority(in: folder)
            try await TLSServer.serving(authority) { port in
                let error = await expectError(.tls) {
                    try await HTTPClient().send(HTTPRequest(url: "https://localhost:\(port)/?token=hunter"))
                }
                #expect(error?.reason.contains("certificate") == true)
                #expect(error?.description.contains("hunter") == false)
            }
        }
    }

    @Test func `A server that does not speak TLS is a TLS error`() async throws {
        try await StandIn.serving { _ in
            StandInAnswer("{}")
        } _: { server in
            await expectError(.tls) {
                try await HTTPClient().send(HTTPRequest(url: "https://127.0.0.1:\(server.portNumber)/"))
            }
        }
    }

    @Test func `The settings' authorities are trusted instead of the system's`() async throws {
        try await Repository.withFolder { folder in
            let authority = try TestAuthority(in: folder)
            try await TLSServer.serving(authority) { port in
                let request = HTTPRequest(url: "https://127.0.0.1:\(port)/")
                #expect(try await HTTPClient(tls: authority.tls()).send(request).status == 200)
                let other = folder.appending(path: "other")
                try FileManager.default.createDirectory(at: other, withIntermediateDirectories: true)
                let stranger = try TestAuthority(in: other).tls()
                await expectError(.tls) { try await HTTPClient(tls: stranger).send(request) }
                let broken = TLSSettings(authorities: Array("no certificate".utf8))
                await expectError(.tls) { try await HTTPClient(tls: broken).send(request) }
            }
        }
    }

    @Test func `A client certificate is shown where one is required`() async throws {
        try await Repository.withFolder { folder in
            let authority = try TestAuthority(in: folder)
            try authority.issue("user")
            try authority.issue("expired", days: -1)
            try authority.issue("for-servers", extensions: "extendedKeyUsage=serverAuth")
            try await TLSServer.serving(authority, wantsClients: true) { port in
                let request = HTTPRequest(url: "https://127.0.0.1:\(port)/")
                #expect(try await HTTPClient(tls: authority.tls(client: "user")).send(request).status == 200)
                for name in [nil, "expired", "for-servers"] {
                    let client = HTTPClient(tls: try authority.tls(client: name))
                    let error = await expectError(.tls) { try await client.send(request) }
                    #expect(error?.reason.contains("certificate") == true, "\(name ?? "none")")
                }
            }
        }
    }

    @Test func `A key that is not the certificate's is a TLS error that shows nothing of it`() async throws {
        try await Repository.withFolder { folder in
            let authority = try TestAuthority(in: folder)
            try authority.issue("user")
            try await TLSServer.serving(authority) { port in
                var tls = try authority.tls(client: "user")
                tls.key = SecretBytes(try authority.bytes("server.key"))
                let error = await expectError(.tls) {
                    try await HTTPClient(tls: tls).send(HTTPRequest(url: "https://127.0.0.1:\(port)/"))
                }
                #expect(error?.description.contains("PRIVATE") == false)
                tls.key = nil
                await expectError(.invalidRequest) {
                    try await HTTPClient(tls: tls).send(HTTPRequest(url: "https://127.0.0.1:\(port)/"))
                }
            }
        }
    }

    @Test func `A server name is verified instead of the host, under the policy for the host`() async throws {
        try await Repository.withFolder { folder in
            let authority = try TestAuthority(in: folder)
            try authority.issue("named", extensions: "subjectAltName=DNS:inner.example")
            try await TLSServer.serving(authority, certificate: "named") { port in
                let request = HTTPRequest(url: "https://127.0.0.1:\(port)/")
                let policy = NetworkPolicy(allow: [try #require(AddressRange("127.0.0.0/8"))])
                let named = try authority.tls(serverName: "inner.example")
                #expect(try await HTTPClient(policy: policy, tls: named).send(request).status == 200)
                await expectError(.refusedByPolicy) {
                    try await HTTPClient(policy: NetworkPolicy(), tls: named).send(request)
                }
                await expectError(.tls) { try await HTTPClient(tls: authority.tls()).send(request) }
                await expectError(.tls) {
                    try await HTTPClient(tls: authority.tls(serverName: "other.example")).send(request)
                }
            }
        }
    }

    @Test(arguments: ["", "a:1:b", "a b", "a\r\nb", "::1"])
    func `What is no host name is refused as a server name`(name: String) async {
        await expectError(.invalidRequest) {
            try await HTTPClient(tls: TLSSettings(serverName: name)).send(HTTPRequest(url: "https://127.0.0.1:1/"))
        }
    }

    @Test func `TLS settings print nothing of their content`() {
        let word = Array("hunter".utf8)
        let tls = TLSSettings(authorities: word, certificate: word, key: SecretBytes("hunter"), serverName: "hunter")
        for text in ["\(tls)", String(reflecting: tls)] { #expect(!text.contains("hunter") && !text.contains("104")) }
    }
}
