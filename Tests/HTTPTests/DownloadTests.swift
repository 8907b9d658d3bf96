import HTTPTypes
import Hummingbird
import HummingbirdTesting
import TestSupport
import Testing

@testable import DeployerHost

@Suite("GET /getSolutionZip")
struct DownloadTests {
    @Test("answers the zip as a download, the same every time", arguments: [HostFixture.shared, HostFixture.single])
    func download(solution: String) async throws {
        try await HostFixture().test { client in
            let first = try await client.execute(uri: "/getSolutionZip/\(solution)", method: .get, headers: .token())
            let second = try await client.execute(uri: "/getSolutionZip/\(solution)", method: .get, headers: .token())
            #expect(first.status == .ok)
            #expect(first.headers[.contentType] == "application/zip")
            #expect(first.headers[.contentDisposition] == "attachment; filename=solution.zip")
            #expect(first.body.readableBytesView.starts(with: [0x50, 0x4B, 3, 4]))
            #expect(first.body == second.body)
        }
    }

    @Test("needs no token where the administrator says so, but a bad one is still bad")
    func anonymous() async throws {
        var fixture = HostFixture()
        fixture.configuration.anonymousDownload = true
        try await fixture.test { client in
            try await client.execute(uri: "/getSolutionZip/\(HostFixture.single)", method: .get) {
                #expect($0.status == .ok)
            }
            let bad = HTTPFields.token(PortalToken(expires: PortalToken.now - 1))
            try await client.execute(uri: "/getSolutionZip/\(HostFixture.single)", method: .get, headers: bad) {
                #expect($0.status == .unauthorized)
            }
            let ended: HTTPFields = [.cookie: "__Host-graphene-deployer=a.b.c"]
            try await client.execute(uri: "/getSolutionZip/\(HostFixture.single)", method: .get, headers: ended) {
                #expect($0.status == .ok)
            }
            try await client.execute(uri: "/api/v1/targets", method: .get) { #expect($0.status == .unauthorized) }
        }
    }

    @Test(
        "answers 404 for what is not there and 400 for what is no id",
        arguments: [
            ("unknown/aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa", HTTPResponse.Status.notFound),
            ("11111111-1111-4111-8111-111111111111/unknown", .notFound),
            ("11111111-1111-4111-8111-111111111111/bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb", .notFound),
            ("a%20b/c", .badRequest), ("..%2f..%2fetc/passwd", .badRequest), (".a/b", .badRequest),
            ("\(String(repeating: "a", count: 37))/b", .badRequest),
        ])
    func notFound(path: String, status: HTTPResponse.Status) async throws {
        try await HostFixture().test { client in
            try await client.execute(uri: "/getSolutionZip/\(path)", method: .get, headers: .token()) { response in
                #expect(response.status == status)
                #expect(response.headers[.contentType] == "application/problem+json")
            }
        }
    }

    @Test("answers 404 with the reason where no target makes a zip")
    func disabled() async throws {
        var fixture = HostFixture()
        fixture.configuration.targets = []
        try await fixture.test { client in
            try await client.execute(uri: "/getSolutionZip/\(HostFixture.single)", method: .get, headers: .token()) {
                response in
                #expect(response.status == .notFound)
                #expect(response.text.contains("solution-zip/v1"))
            }
        }
    }
}
