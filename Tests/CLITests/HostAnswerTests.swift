import Testing
import Transport

@testable import graphene_deployer

@Suite("Answers of a host")
struct HostAnswerTests {
    @Test(
        "that refuse become one message, and say whose turn it is",
        arguments: [
            (400, #"{"title":"T","detail":"D.","remedy":"R"}"#, "T: D. R.", false, false),
            (401, #"{"title":"T","detail":"D."}"#, "T: D. Check the token; it may have ended.", false, false),
            (404, #"{"title":"T","detail":"D."}"#, "T: D. Check --server, with its path.", false, false),
            (404, #"{"title":"T","detail":"D.","remedy":"R."}"#, "T: D. R.", false, false),
            (422, #"{"title":"T","node":"n","field":"f"}"#, "T. Node: n. Field: f.", false, false),
            (503, #"{"title":"T","detail":"D."}"#, "T: D. It makes sense to try again in 30 s.", true, true),
            (429, #"{"title":"T","detail":"D."}"#, "T: D. It makes sense to try again in 30 s.", true, true),
        ]
    )
    func problems(status: Int, body: String, message: String, isEnvironment: Bool, isTransient: Bool) {
        let headers: HTTPHeaders = isTransient ? ["Retry-After": "30"] : [:]
        let failure = HostFailure(status: status, headers: headers, body: Array(body.utf8))
        #expect(failure.description == message)
        #expect(failure.isEnvironment == isEnvironment)
        #expect(failure.isTransient == isTransient)
    }

    @Test(
        "that are none of the deployer's are told from its own",
        arguments: [
            (302, ""), (404, "<html>"), (502, ""), (500, "{}"), (403, #"{"title":1}"#), (200, #"{"title":"T"}"#),
        ]
    )
    func strange(status: Int, body: String) {
        let failure = HostFailure(status: status, headers: [:], body: Array(body.utf8))
        #expect(failure.isEnvironment)
        #expect(failure.description.contains("status \(status)"))
        #expect(failure.isTransient == (status >= 500))
    }

    @Test(
        "that do not come name the server and what to do", arguments: [TransportError.Code.timeout, .tls, .unreachable])
    func missing(code: TransportError.Code) {
        let failure = HostFailure(TransportError(code, host: "h", reason: "why"), server: "https://h/x")
        #expect(failure.isEnvironment)
        #expect(failure.description.contains("the host at https://h/x"))
        #expect(failure.description.contains("why. "))
        #expect(failure.isTransient == (code != .tls))
    }
}
