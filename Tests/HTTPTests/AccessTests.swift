import Documents
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Secrets
import TestSupport
import Testing

@testable import DeployerHost

/// The whole way of a request, with stand-ins for the platform's services.
@Suite("A solution of the platform", .timeLimit(.minutes(2)))
struct AccessTests {
    private static let solution = "\(Platform.solutionID)/\(Platform.revisionID)"
    private static let stranger = "88888888-8888-4888-8888-888888888888"
    private static let paths = [
        "/deploy/\(solution)", "/local-yaml/deploy/\(solution)", "/getSolutionZip/\(solution)", "/api/v1/plans",
    ]

    /// The platform with a user who may read nothing.
    private static let platform: Platform = {
        var platform = Platform.pipeline
        platform.users[stranger] = #"{"userId":"\#(stranger)","active":true}"#
        return platform
    }()

    private static func fixture(_ services: PlatformServices) -> HostFixture {
        var fixture = HostFixture()
        fixture.configuration.catalogue.directory = nil
        fixture.configuration.catalogue.cds = Configuration.Service(
            url: services.cdsURL, user: "ccds_client", password: SecretBytes("cds-secret"))
        fixture.configuration.catalogue.nexus = Configuration.Service(
            url: services.nexusURL, user: "nexus_reader", password: SecretBytes("nexus-sécret"))
        return fixture
    }

    private static func get(
        _ path: String,
        as user: String?,
        from client: any TestClientProtocol
    ) async throws -> TestResponse {
        var headers = user.map { HTTPFields.token(PortalToken(user: $0)) } ?? [:]
        guard path == "/api/v1/plans" else {
            return try await client.execute(uri: path, method: .get, headers: headers)
        }
        headers[.contentType] = "application/json"
        let body = #"{"solutionId":"\#(Platform.solutionID)","revisionId":"\#(Platform.revisionID)"}"#
        return try await client.execute(uri: path, method: .post, headers: headers, body: ByteBuffer(string: body))
    }

    @Test("is for those who may read it, and 403 for everybody else, by page, zip and API", arguments: paths)
    func access(path: String) async throws {
        try await PlatformServices.serving(Self.platform) { services in
            try await Self.fixture(services).test { client in
                let refused = try await Self.get(path, as: Self.stranger, from: client)
                #expect(refused.status == .forbidden)
                #expect(refused.headers[.contentType] == "application/problem+json")
                #expect(services.nexus.requests.isEmpty)
                let unknown = try await Self.get(path, as: "nobody", from: client)
                #expect(unknown.status == .forbidden)
                let accepted = try await Self.get(path, as: Platform.userID, from: client)
                #expect(accepted.status == .ok)
            }
            let asked = services.cds.requests.map(\.path).filter { $0.contains("/access/") }
            for user in [Self.stranger, Platform.userID] {
                #expect(asked.contains("/ccds/access/user/\(user)/solution/\(Platform.solutionID)"))
            }
        }
    }

    @Test("is given to nobody in particular only if it is in a public catalogue", arguments: [true, false])
    func anonymous(isPublic: Bool) async throws {
        var platform = Self.platform
        if !isPublic { platform.catalogs = [:] }
        try await PlatformServices.serving(platform) { services in
            var fixture = Self.fixture(services)
            fixture.configuration.anonymousDownload = true
            let status: HTTPResponse.Status = isPublic ? .ok : .forbidden
            try await fixture.test { client in
                let answer = try await Self.get("/getSolutionZip/\(Self.solution)", as: nil, from: client)
                #expect(answer.status == status)
            }
        }
    }

    @Test(
        "of which a part cannot be had gives a problem with the node's name, and no part of a zip",
        arguments: [
            ("/repository/org/two.proto", StandInAnswer(status: 404), 502, "two"),
            ("/repository/org/two.proto", StandInAnswer(status: 500), 502, "two"),
            ("/repository/org/two.proto", .slow(.seconds(30)), 504, "two"),
            ("/repository/org/b.json", StandInAnswer(status: 404), 502, nil),
            ("/ccds/solution/\(Platform.solutionID)", .slow(.seconds(30)), 504, nil),
        ] as [(String, StandInAnswer, Int, String?)])
    func failure(path: String, answer: StandInAnswer, status: Int, node: String?) async throws {
        try await PlatformServices.serving(Self.platform, faults: [path: answer]) { services in
            var fixture = Self.fixture(services)
            if answer.delay > .zero { fixture.configuration.catalogue.requestTimeout = .seconds(15) }
            try await fixture.test { client in
                let response = try await Self.get("/getSolutionZip/\(Self.solution)", as: Platform.userID, from: client)
                #expect(response.status.code == status)
                #expect(response.headers[.contentType] == "application/problem+json")
                #expect(!response.body.readableBytesView.starts(with: [0x50, 0x4B]))
                let problem = try Document(json: response.text)
                #expect(problem["status"]?.integer == status)
                #expect(problem["node"]?.string == node)
            }
        }
    }
}
