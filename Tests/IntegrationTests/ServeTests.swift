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
        for secret in [token, String(token.suffix(20)), "MARKED", "alice", "jwtToken=", PortalToken.key] {
            #expect(!log.contains(secret))
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
        let key = ["GRAPHENE_DEPLOYER_JWT_KEY": PortalToken.key]
        let common = ["serve", "--catalogue", Repository.samples.path]
        let host = try await RunningHost()
        let port = try #require(host.url.split(separator: ":").last.map(String.init))
        let cases: [([String], [String: String], String)] = [
            (["--port", "0", "--state", folder.path], [:], "jwt.key is missing"),
            (
                ["--port", "0", "--state", folder.path], ["GRAPHENE_DEPLOYER_JWT_KEY": "abc"],
                "jwt.key is missing or too short"
            ),
            (["--port", port, "--state", folder.path], key, "cannot listen on 127.0.0.1:\(port)"),
            (["--port", "0", "--state", "/proc/nope"], key, "cannot be used as state folder"),
            (["--port", "0", "--state", try folder.write("file", "")], key, "cannot be used as state folder"),
            (
                ["--port", "0", "--host", "0.0.0.0", "--state", folder.path],
                key.merging(["GRAPHENE_DEPLOYER_COOKIE_SECURE": "false"]) { $1 }, "cookie.secure is false"
            ),
            (["--port", "0", "--host", "nosuch.invalid", "--state", folder.path], key, "nosuch.invalid"),
        ]
        for (arguments, environment, sentence) in cases {
            let run = try await CommandRun.of(
                common + arguments, environment: environment, through: ["/usr/bin/timeout", "20"])
            #expect(run.status == 3, "\(arguments): \(run.errors)")
            #expect(run.errors.contains(sentence), "\(run.errors)")
        }
        _ = try await host.stop()
    }

    @Test("closes half-open and oversized requests without harm")
    func roughClients() async throws {
        let host = try await RunningHost()
        let port = try #require(UInt16(host.url.split(separator: ":").last ?? ""))
        for text in [
            "GET / HTTP/1.1\r\n", "\u{0}\u{1}\u{2}", "GET /\(String(repeating: "a", count: 200_000)) HTTP/1.1\r\n\r\n",
            "POST /api/v1/plans HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
        ] {
            try RawSocket.send(text, toPort: port)
        }
        let health = try await HTTPClient().send(HTTPRequest(url: "\(host.url)/healthz"))
        #expect(health.status == 200)
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
