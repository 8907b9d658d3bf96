import TargetContract
import Testing
import Transport

@testable import Playground

@Suite("a playground's answer")
struct PlaygroundAnswerTests {
    private static func error(_ status: Int, _ body: String) throws -> TargetError {
        let answer = PlaygroundAnswer(HTTPResponse(status: status, body: Array(body.utf8)))
        return try #require(throws: TargetError.self) {
            try answer.page(at: PlaygroundAddress("https://h/deploy_solution"))
        }
    }

    @Test("leads to the page")
    func accepted() throws {
        let answer = PlaygroundAnswer(HTTPResponse(status: 200, body: Array("/dashboard?id=1\n".utf8)))
        #expect(try answer.page(at: PlaygroundAddress("https://h/deploy_solution")) == "https://h/dashboard?id=1")
    }

    @Test("that is no text is none")
    func binary() throws {
        let answer = PlaygroundAnswer(HTTPResponse(status: 200, body: [0x2F, 0xFF, 0xFE]))
        let error = try #require(throws: TargetError.self) {
            try answer.page(at: PlaygroundAddress("https://h/deploy_solution"))
        }
        #expect(error.why.contains("UTF-8"))
    }

    @Test(
        "that it does not accept this host tells the address it means",
        arguments: [
            ("Not allowed for your domain: 192.0.2.7", "192.0.2.7"),
            ("Not allowed for your domain: 2001:db8::7\n", "2001:db8::7"),
            ("Not allowed for your domain: evil.example", nil), ("<b>192.0.2.7</b>", nil), ("", nil),
        ] as [(String, String?)])
    func denied(body: String, address: String?) throws {
        let error = try Self.error(401, body)
        #expect(error.what == "The playground does not accept solutions from this host")
        #expect(error.why.contains("allowed_ip_addresses") == (address != nil))
        #expect(error.remedy.contains(address ?? "this host's address"))
        #expect(!error.description.contains("evil"))
    }

    @Test(
        "that it could not deploy is told in its words, cleaned",
        arguments: [
            ("cannot unzip.\n", "it says: cannot unzip"),
            (
                "<!doctype html><html><head><title>500</title><style>b{}</style></head><body><h1>Pod</h1><script>x()</script>"
                    + "<p>no <b>nodes</b> left</p></body></html>", "it says: Pod no nodes left"
            ),
            ("a < b\u{1B}[31m\u{202E}red", "it says: a < b [31m red"),
            ("", "it answers 500 and gives no reason"), ("<script>alert(1)", "it answers 500 and gives no reason"),
            (String(repeating: "x", count: 9_000), "it says: " + String(repeating: "x", count: 300)),
        ])
    func failed(body: String, why: String) throws {
        #expect(try Self.error(500, body).why == why)
    }

    @Test(
        "of any other status is no page, and nothing of it is shown",
        arguments: [201, 204, 302, 307, 400, 403, 404, 413, 429, 502, 503])
    func others(status: Int) throws {
        let error = try Self.error(status, "/secret")
        #expect(error.code == .unavailable)
        #expect(error.why.contains("\(status)"))
        #expect(!error.description.contains("secret"))
    }

    @Test(
        "of another status says what can be done about it",
        arguments: [
            (413, "raise the limit"), (404, "deployURL"), (403, "deployURL"), (502, "Look into the playground before"),
            (504, "Look into the playground before"), (204, "Look into the playground before"),
            (429, "Try again in a few minutes"), (503, "Try again in a few minutes"),
        ])
    func remedies(status: Int, remedy: String) throws {
        #expect(try Self.error(status, "").remedy.contains(remedy))
    }

    @Test("that does not come may still mean that the solution is there, unless there was no connection")
    func late() {
        var error = TransportError(.timeout, host: "h", reason: "late")
        #expect(TargetError(playground: error).remedy.contains("Look into the playground before"))
        error.isBeforeSending = true
        let unsent = TargetError(playground: error)
        #expect(unsent.code == .unavailable && unsent.remedy.contains("Try again in a few minutes"))
    }
}
