import Documents
import Foundation
import TestSupport
import Testing
import Transport

@Suite("graphene-deployer serve")
struct ServeTests {
    private static func bearer(_ host: RunningHost, _ path: String, token: String) async throws -> HTTPResponse {
        let client = HTTPClient()
        return try await client.send(HTTPRequest(url: host.url + path, headers: ["Authorization": "Bearer \(token)"]))
    }

    /// A token that is valid now, by the clock of the machine.
    private static func token(_ user: String = "user-1") -> PortalToken {
        PortalToken(user: user, expires: Date().timeIntervalSince1970 + 600)
    }

    @Test("serves the zip, twice the same, stops on SIGTERM with 0, and never logs the token")
    func journey() async throws {
        let host = try await RunningHost()
        let token = Self.token("MARKED-USER").text
        let first = try await Self.bearer(host, "/getSolutionZip/\(CommandTests.shared)", token: token)
        let second = try await Self.bearer(host, "/getSolutionZip/\(CommandTests.shared)", token: token)
        #expect(first.status == 200)
        #expect(first.body == second.body)
        let redirect = try await HTTPClient().send(
            HTTPRequest(url: "\(host.url)/deploy/\(CommandTests.shared)?jwtToken=\(token)"))
        #expect(redirect.status == 303)
        let bad = try await HTTPClient().send(
            HTTPRequest(url: "\(host.url)/deploy/\(CommandTests.shared)?jwtToken=\(token)x"))
        #expect(bad.status == 401)
        #expect(try await host.stop() == 0)
        let log = host.logText
        #expect(log.contains("path=/getSolutionZip/\(CommandTests.shared)"))
        for secret in [token, String(token.suffix(20)), "MARKED", "alice", "jwtToken", PortalToken.key] {
            #expect(!log.contains(secret))
        }
    }

    @Test("never logs a token, a claim or the key, by whatever way it comes")
    func logs() async throws {
        let host = try await RunningHost()
        var token = PortalToken(
            user: "MARKED-USER", email: "MARKED-MAIL", roles: ["MARKED-ROLE"],
            expires: Date().timeIntervalSince1970 + 600)
        let good = token.text
        token.payload["exp"] = 1
        for text in [good, token.text, good + "x"] {
            let carriers: [(String, [String: String])] = [
                ("", ["Authorization": "Bearer \(text)"]), ("", ["jwtToken": text]),
                ("", ["Cookie": "__Host-graphene-deployer=\(text)"]), ("?jwtToken=\(text)", [:]),
            ]
            for (query, fields) in carriers {
                for path in ["/deploy/\(CommandTests.shared)", "/getSolutionZip/a/b", "/api/v1/targets", "/nowhere"] {
                    var request = HTTPRequest(url: host.url + path + query)
                    for (name, value) in fields { request.headers[name] = value }
                    _ = try await HTTPClient().send(request)
                }
            }
        }
        #expect(try await host.stop() == 0)
        let log = host.logText
        #expect(log.contains("path=/api/v1/targets"))
        for secret in [good, String(good.suffix(20)), "MARKED", "alice", "jwtToken", PortalToken.key] {
            #expect(!log.contains(secret), "\(secret)")
        }
    }

    @Test("answers many downloads at once, each with its own solution")
    func concurrency() async throws {
        let host = try await RunningHost()
        let token = Self.token().text
        let solutions = [
            CommandTests.shared, "11111111-1111-4111-8111-111111111111/aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa",
        ]
        let expected = try await [0, 1].asyncMap {
            try await Self.bearer(host, "/getSolutionZip/\(solutions[$0])", token: token).body
        }
        let answers = try await withThrowingTaskGroup(of: (Int, [UInt8]).self) { group in
            for index in 0..<60 {
                group.addTask {
                    (
                        index % 2,
                        try await Self.bearer(host, "/getSolutionZip/\(solutions[index % 2])", token: token).body
                    )
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.count == 60)
        #expect(answers.allSatisfy { $0.1 == expected[$0.0] })
        #expect(try await host.stop() == 0)
    }

    @Test("fails with 3 and one sentence where it cannot start")
    func cannotStart() async throws {
        let folder = try TemporaryFolder()
        let host = try await RunningHost()
        let state = ["--state", folder.path]
        let key = ["GRAPHENE_DEPLOYER_JWT_KEY": PortalToken.key]
        let insecure = key.merging(["GRAPHENE_DEPLOYER_COOKIE_SECURE": "false"]) { $1 }
        let cases: [([String], [String: String], String)] = [
            (["--port", "0"] + state, [:], "jwt.key is missing"),
            (["--port", "0"] + state, ["GRAPHENE_DEPLOYER_JWT_KEY": "abc"], "jwt.key is missing or too short"),
            (["--port", "\(host.port)"] + state, key, "cannot listen on 127.0.0.1:\(host.port)"),
            (["--port", "0", "--state", "/proc/nope"], key, "cannot be used as state folder"),
            (["--port", "0", "--state", try folder.write("file", "")], key, "cannot be used as state folder"),
            (["--port", "0", "--host", "0.0.0.0"] + state, insecure, "cookie.secure is false"),
            (["--port", "0", "--host", "nosuch.invalid"] + state, key, "nosuch.invalid"),
        ]
        for (arguments, environment, sentence) in cases {
            try await expectFailure(arguments, environment, sentence: sentence)
        }
        // A limit on file sizes fails the same system call as a full disk does.
        let script = """
            set -o pipefail; (trap '' XFSZ; ulimit -f 0; exec "$@") 2>&1 >/dev/null | cat >&2
            """
        let full = ["/usr/bin/env", "bash", "-c", script, "bash"]
        try await expectFailure(["--port", "0"] + state, key, through: full, sentence: "File too large")
        _ = try await host.stop()
    }

    private func expectFailure(
        _ arguments: [String],
        _ environment: [String: String],
        through wrapper: [String] = [],
        sentence: String
    ) async throws {
        let run = try await CommandRun.of(
            ["serve", "--catalogue", Repository.samples.path] + arguments,
            environment: environment,
            through: wrapper + ["/usr/bin/timeout", "20"]
        )
        #expect(run.status == 3, "\(arguments): \(run.errors)")
        #expect(run.errors.hasPrefix("graphene-deployer: "), "\(run.errors)")
        #expect(run.errors.contains(sentence), "\(run.errors)")
        #expect(run.errors.split(separator: "\n").count == 1, "\(run.errors)")
    }

    @Test("closes half-open and oversized requests without harm", .timeLimit(.minutes(2)))
    func roughClients() async throws {
        let host = try await RunningHost(environment: ["GRAPHENE_DEPLOYER_LISTEN_IDLE_TIMEOUT": "1"])
        let token = Self.token().text
        let cases: [(String, String)] = [
            ("", ""), ("GET / HTTP/1.1\r\n", ""), ("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nGET /he", "HTTP/1.1 200"),
            (
                "POST /api/v1/plans HTTP/1.1\r\nHost: x\r\nAuthorization: \(token)\r\n"
                    + "Content-Type: application/json\r\nContent-Length: 9\r\n\r\n{", ""
            ),
            ("\u{0}\u{1}\u{2}", "HTTP/1.1 400"),
            ("POST /api/v1/plans HTTP/1.1\r\nContent-Length: -5\r\n\r\n", "HTTP/1.1 400"),
            // The answer may be lost: it crosses the rest of the request.
            ("GET /\(String(repeating: "a", count: 200_000)) HTTP/1.1\r\n\r\n", ""),
        ]
        for (text, answer) in cases {
            let outcome = try await RawSocket.send(text, toPort: host.port)
            #expect(outcome.isClosed, "\(text.prefix(60))")
            #expect(outcome.answer.hasPrefix(answer), "\(text.prefix(60))")
        }
        let health = try await HTTPClient().send(HTTPRequest(url: "\(host.url)/healthz"))
        #expect(health.status == 200)
        #expect(try await host.stop() == 0)
    }

    @Test("needs bounded memory, whatever it is sent", .timeLimit(.minutes(2)))
    func memory() async throws {
        let host = try await RunningHost()
        let fields: HTTPHeaders = [
            "Authorization": "Bearer \(Self.token().text)", "Content-Type": "application/json",
        ]
        // As long as a body may be: nested, with many values, with one long string, and longer.
        let bodies = ["[", "{\"a\":", "[0,", "1e9,", "\"\\u00e9", "\u{0}"].map {
            Array(String(repeating: $0, count: (500 << 10) / $0.utf8.count).utf8)
        }
        for round in 0..<60 {
            var request = HTTPRequest(url: "\(host.url)/api/v1/plans", method: "POST", headers: fields)
            request.body = bodies[round % bodies.count] + (round < 30 ? [] : bodies[0])
            #expect(try await HTTPClient().send(request).status == (round < 30 ? 400 : 413))
        }
        // A debug build was seen to need 53 MiB.
        #expect(try #require(host.peakKiB) < 128 << 10)
        #expect(try await host.stop() == 0)
    }

    @Test("takes its time for an answer, however short connections may be idle")
    func slowAnswer() async throws {
        let path = "/ccds/solution/\(Platform.solutionID)"
        var slow = try StandInAnswer(#require(Platform.pipeline.solutions[Platform.solutionID]))
        slow.delay = .seconds(3)
        try await PlatformServices.serving(.pipeline, faults: [path: slow]) { services in
            let idle = ["GRAPHENE_DEPLOYER_LISTEN_IDLE_TIMEOUT": "1"]
            let host = try await RunningHost(environment: services.environment.merging(idle) { $1 }, catalogue: nil)
            let solution = "\(Platform.solutionID)/\(Platform.revisionID)"
            let token = Self.token(Platform.userID).text
            let answer = try await Self.bearer(host, "/getSolutionZip/\(solution)", token: token)
            #expect(answer.status == 200)
            #expect(answer.body.starts(with: [0x50, 0x4B, 3, 4]))
            #expect(try await host.stop() == 0)
        }
    }

    @Test("takes request heads of 40 kB, and tokens as large in the URL")
    func largeHead() async throws {
        let host = try await RunningHost()
        var token = Self.token()
        token.payload["filler"] = .string(String(repeating: "x", count: 30_000))
        let text = token.text
        #expect(text.utf8.count > 40_000)
        #expect(try await Self.bearer(host, "/api/v1/targets", token: text).status == 200)
        // The client's own URLs are shorter.
        let request =
            "GET /deploy/\(CommandTests.shared)?jwtToken=\(text) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        #expect(try await RawSocket.send(request, toPort: host.port).answer.hasPrefix("HTTP/1.1 303 "))
        #expect(try await host.stop() == 0)
    }
}

extension Sequence where Element: Sendable {
    fileprivate func asyncMap<Result>(_ transform: (Element) async throws -> Result) async rethrows -> [Result] {
        var results: [Result] = []
        for element in self { results.append(try await transform(element)) }
        return results
    }
}
