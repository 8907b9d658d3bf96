import Secrets
import TestSupport
import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct HTTPClientTests {
    @Test func `A request arrives as it was made, and the answer comes back as it was sent`() async throws {
        try await StandIn.serving { _ in
            StandInAnswer(status: 201, headers: ["content-type": "text/plain", "x-a": "b"], body: [0, 255, 13, 10])
        } _: { server in
            var request = HTTPRequest(url: server.url + "/a%20b?c=d", method: "PATCH", body: Array("hello".utf8))
            request.headers = ["Content-Type": "application/test", "X-Empty": ""]
            let response = try await HTTPClient().send(request)
            #expect(response.status == 201 && response.body == [0, 255, 13, 10])
            #expect(response.headers["X-A"] == "b" && response.headers["CONTENT-TYPE"] == "text/plain")
            let seen = try #require(server.requests.first)
            #expect(seen.method == "PATCH" && seen.path == "/a%20b" && seen.query == "c=d")
            #expect(seen.body == Array("hello".utf8))
            #expect(seen.headers["content-type"] == "application/test" && seen.headers["x-empty"] == "")
        }
    }

    @Test(arguments: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
    func `Each method is sent with and without a body`(method: String) async throws {
        try await StandIn.serving { _ in
            StandInAnswer("{}")
        } _: { server in
            let client = HTTPClient()
            let body: [[UInt8]] = method == "HEAD" ? [[]] : [[], Array(repeating: 0x61, count: 100_000)]
            for body in body {
                let response = try await client.send(HTTPRequest(url: server.url, method: method, body: body))
                #expect(response.status == 200)
                #expect(server.requests.last?.method == method)
                #expect(server.requests.last?.body == body)
                #expect(server.requests.last?.headers["content-type"] == nil)
                #expect(server.requests.last?.headers["expect"] == nil)
            }
        }
    }

    @Test func `Nothing is sent that was not asked for`() async throws {
        try await StandIn.serving { _ in
            StandInAnswer("{}")
        } _: { server in
            _ = try await HTTPClient().send(HTTPRequest(url: server.url))
            let names = try #require(server.requests.first).headers.keys
            #expect(names.sorted() == ["accept", "host", "user-agent"])
        }
    }

    @Test func `Basic authentication goes with the first request, in UTF-8`() async throws {
        try await StandIn.serving { _ in
            StandInAnswer("{}")
        } _: { server in
            for (user, word) in [("a", "b"), ("user", "pässword"), ("user1", "12"), ("", "")] {
                let authorization = HTTPAuthorization.basic(user: user, password: SecretBytes(word))
                _ = try await HTTPClient().send(HTTPRequest(url: server.url, authorization: authorization))
                #expect(try #require(server.requests.last).isAuthorized("\(user):\(word)"))
            }
            _ = try await HTTPClient().send(HTTPRequest(url: server.url, authorization: .bearer(SecretBytes("t.k"))))
            #expect(server.requests.last?.headers["authorization"] == "Bearer t.k")
            let own = HTTPAuthorization.header("X-Auth-Token", SecretBytes("t.k"))
            _ = try await HTTPClient().send(HTTPRequest(url: server.url, authorization: own))
            #expect(server.requests.last?.headers["x-auth-token"] == "t.k")
            #expect(server.requests.last?.headers["authorization"] == nil)
        }
    }

    @Test(arguments: [301, 302, 303, 307, 308])
    func `A redirect is an answer and is not followed`(status: Int) async throws {
        try await StandIn.serving { _ in
            StandInAnswer("secret")
        } _: { other in
            try await StandIn.serving { _ in
                StandInAnswer(status: status, headers: ["location": other.url])
            } _: { server in
                let authorization = HTTPAuthorization.bearer(SecretBytes("token"))
                let response = try await HTTPClient().send(HTTPRequest(url: server.url, authorization: authorization))
                #expect(response.status == status)
                #expect(other.requests.isEmpty && server.requests.count == 1)
            }
        }
    }

    @Test func `A body of exactly the cap is read, one byte more is an error`() async throws {
        try await StandIn.serving { _ in
            StandInAnswer(String(repeating: "x", count: 1_000))
        } _: { server in
            let client = HTTPClient()
            let response = try await client.send(HTTPRequest(url: server.url, responseLimit: 1_000))
            #expect(response.body.count == 1_000)
            await expectError(.tooLarge) { try await client.send(HTTPRequest(url: server.url, responseLimit: 999)) }
        }
    }

    @Test func `A body without an end is given up at the cap`() async throws {
        try await StandIn.serving { _ in
            .endless
        } _: { server in
            await expectError(.tooLarge) {
                try await HTTPClient().send(HTTPRequest(url: server.url, responseLimit: 1 << 20))
            }
        }
    }

    @Test(arguments: [
        HTTPRequest(url: "", method: "GE T"), HTTPRequest(url: "", method: ""),
        HTTPRequest(url: "", method: "GET\r\nX: y"),
        HTTPRequest(url: "", headers: ["A\r\nB": "c"]), HTTPRequest(url: "", headers: ["A": "b\r\nC: d"]),
        HTTPRequest(url: "", headers: ["A": "b\u{0}"]), HTTPRequest(url: "", headers: ["": "b"]),
        HTTPRequest(url: "", authorization: .bearer(SecretBytes("a\r\nB: c"))),
        HTTPRequest(url: "", authorization: .header("A: b\r\nB", SecretBytes("c"))),
    ])
    func `No header can be smuggled in`(request: HTTPRequest) async throws {
        try await StandIn.serving { _ in
            StandInAnswer("{}")
        } _: { server in
            var request = request
            request.url = server.url
            await expectError(.invalidRequest) { try await HTTPClient().send(request) }
            #expect(server.requests.isEmpty)
        }
    }

    @Test func `A refused connection is told apart from a missing host`() async throws {
        let port = try await StandIn.serving { _ in
            StandInAnswer("{}")
        } _: {
            $0.portNumber
        }
        let error = await expectError(.unreachable) {
            try await HTTPClient().send(HTTPRequest(url: "http://127.0.0.1:\(port)/a?token=word"))
        }
        #expect(error?.description == "127.0.0.1: the connection was refused")
        await expectError(.unresolvable) { try await HTTPClient().send(HTTPRequest(url: "http://nowhere.invalid/")) }
    }

    @Test func `Requests and answers print nothing of what they carry`() {
        let request = HTTPRequest(
            url: "https://example.org/?token=word",
            headers: ["X": "word"],
            authorization: .bearer(SecretBytes("word")),
            body: Array("word".utf8)
        )
        let response = HTTPResponse(status: 200, headers: ["X": "word"], body: Array("word".utf8))
        for text in ["\(request)", "\(response)", String(reflecting: request), String(reflecting: response)] {
            #expect(!text.contains("word") && !text.contains("119"))
        }
    }
}
