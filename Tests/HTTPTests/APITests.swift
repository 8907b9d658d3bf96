import Documents
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Passes
import TargetContract
import TestSupport
import Testing

@testable import DeployerHost

@Suite("The API")
struct APITests {
    private static let good =
        #"{"solutionId":"33333333-3333-4333-8333-333333333333","revisionId":"cccccccc-cccc-4ccc-8ccc-cccccccccccc"}"#

    private static func post(_ body: String, contentType: String? = "application/json") async throws -> TestResponse {
        try await HostFixture().test { client in
            var headers = HTTPFields.token()
            headers[.contentType] = contentType
            return try await client.execute(
                uri: "/api/v1/plans", method: .post, headers: headers, body: ByteBuffer(string: body))
        }
    }

    @Test("plans a solution")
    func plan() async throws {
        let response = try await Self.post(Self.good)
        #expect(response.status == .ok)
        let body = try Document(json: response.text)
        let plan = try #require(body["plan"]).decoded(as: SolutionPlan.self)
        #expect(try body["digest"]?.string == plan.digest())
        #expect(plan.sharedFolders.map(\.path) == ["/data/shared"])
        #expect(body["target"] == "local-yaml")
    }

    @Test(
        "refuses requests with the right status and the member that is wrong",
        arguments: [
            ("", 400, nil), ("{", 400, nil), ("[]", 400, nil), ("{}", 400, "solutionId"),
            (#"{"solutionId":5,"revisionId":"a"}"#, 400, "solutionId"),
            (#"{"solutionId":"a","revisionId":"../b"}"#, 400, "revisionId"),
            (#"{"solutionId":"a","revisionId":"b","x":1}"#, 400, "x"),
            (#"{"solutionId":"a","revisionId":"b","options":[]}"#, 400, "options"),
            (#"{"solutionId":"a","revisionId":"b"}"#, 404, nil),
            (#"{"solutionId":"a","revisionId":"b","target":"nope"}"#, 404, nil),
            (#"{"solutionId":"a","revisionId":"b","options":{"volume-size":"x"}}"#, 422, "volume-size"),
            (#"{"solutionId":"a","revisionId":"b","options":{"nope":"x"}}"#, 422, "nope"),
        ] as [(String, Int, String?)])
    func refused(body: String, status: Int, field: String?) async throws {
        let response = try await Self.post(body)
        #expect(response.status.code == status)
        #expect(response.headers[.contentType] == "application/problem+json")
        let problem = try Document(json: response.text)
        #expect(problem["status"]?.integer == status)
        #expect(problem["field"]?.string == field)
        #expect(problem["title"]?.string?.isEmpty == false)
    }

    @Test("takes JSON only, and no more than half a mebibyte")
    func contentType() async throws {
        for type in [nil, "text/plain", "application/jsonx", "application/x-www-form-urlencoded"] {
            #expect(try await Self.post(Self.good, contentType: type).status == .unsupportedMediaType)
        }
        let large = try await Self.post(String(repeating: " ", count: 600 << 10))
        #expect(large.status == .contentTooLarge)
        #expect(large.headers[.contentType] == "application/problem+json")
    }

    @Test("lists targets to everybody signed in, and rejected modules to administrators only")
    func targets() async throws {
        var fixture = HostFixture()
        fixture.configuration.targets.append(.init(module: "Missing"))
        try await fixture.test { client in
            let user = try await client.execute(uri: "/api/v1/targets", method: .get, headers: .token())
            let list = try Document(json: user.text)
            #expect(list["targets"]?.array?.compactMap { $0["id"]?.string } == ["creodias", "local-yaml"])
            #expect(list["defaultTarget"] == "local-yaml")
            #expect(list["rejected"] == nil)
            let token = PortalToken(roles: ["Admin"])
            let admin = try await client.execute(uri: "/api/v1/targets", method: .get, headers: .token(token))
            let rejected = try #require(try Document(json: admin.text)["rejected"]?.array)
            #expect(rejected.map { $0["module"]?.string } == ["Missing"])
            #expect(rejected[0]["reason"]?.string?.contains("libMissing.so") == true)
        }
    }

    @Test(
        "is unready only without a module that is required, which it names to nobody",
        arguments: [(false, 200), (true, 503)])
    func readiness(isRequired: Bool, status: Int) async throws {
        var fixture = HostFixture()
        fixture.configuration.targets.append(.init(module: "Missing", isRequired: isRequired))
        try await fixture.test { client in
            try await client.execute(uri: "/readyz", method: .get) { response in
                #expect(response.status.code == status)
                #expect(!response.text.contains("Missing"))
            }
            try await client.execute(uri: "/healthz", method: .get) { #expect($0.status == .ok) }
        }
    }

    @Test(
        "answers 404 as a problem for a path that it does not know, and 405 for a method that a path has not",
        arguments: [
            ("/api/v1/nothing", HTTPRequest.Method.get, nil), ("/api/v1/targets", .put, "GET, HEAD"),
            ("/api/v1/targets", .delete, "GET, HEAD"), ("/api/v1/plans", .get, "POST"),
        ] as [(String, HTTPRequest.Method, String?)])
    func unknownRoutes(path: String, method: HTTPRequest.Method, allow: String?) async throws {
        try await HostFixture().test { client in
            try await client.execute(uri: path, method: method, headers: .token()) { response in
                #expect(response.status == (allow == nil ? .notFound : .methodNotAllowed))
                #expect(response.headers[.allow] == allow)
                #expect(response.headers[.contentType] == "application/problem+json")
            }
        }
    }

    @Test(
        "answers what targets complain of with the right status",
        arguments: [
            (.invalidOption, 422), (.unsupported, 422), (.conflict, 409), (.unavailable, 502), (.failed, 500),
            (.init(rawValue: "of tomorrow"), 500),
        ] as [(TargetError.Code, Int)])
    func targetErrors(code: TargetError.Code, status: Int) throws {
        let problem = Problem(TargetError(code, what: "This failed", why: "it had to", remedy: "Try again"))
        #expect(problem.status.code == status)
        #expect(problem.detail == "It had to.")
        #expect(problem.remedy == "Try again.")
    }

    @Test("says nothing of errors that nobody planned for")
    func unplanned() {
        struct Surprise: Error { let secret = "hunter2" }
        let problem = Problem(Surprise())
        #expect(problem.status == .internalServerError)
        #expect(!problem.document.jsonText().contains("hunter2"))
    }
}
