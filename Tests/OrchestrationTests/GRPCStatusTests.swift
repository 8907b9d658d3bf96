import Testing
import Transport

@testable import Orchestration

struct GRPCStatusTests {
    @Test(
        arguments: [
            (["grpc-status": "0"], [:], GRPCStatus(.ok)),
            (["grpc-status": "14", "grpc-message": "gone%2C 100%25"], [:], GRPCStatus(.unavailable, "gone, 100%")),
            (
                [:], ["grpc-status": "12", "grpc-message": "Method not found!"],
                GRPCStatus(.unimplemented, "Method not found!")
            ),
            (["grpc-status": "4"], ["grpc-status": "0"], GRPCStatus(.deadlineExceeded)),
            (["grpc-status": "99"], [:], GRPCStatus(.unknown)),
            (["grpc-status": "x"], [:], GRPCStatus(.unknown)),
            ([:], [:], nil),
        ] as [(HTTPHeaders, HTTPHeaders, GRPCStatus?)])
    func `The status is in the trailers, or in the header of an answer without a body`(
        trailers: HTTPHeaders,
        headers: HTTPHeaders,
        status: GRPCStatus?
    ) {
        #expect(GRPCStatus(trailers: trailers, headers: headers) == status)
    }

    @Test(arguments: [
        ("plain", "plain"), ("a%20b", "a b"), ("gr%C3%BCn", "grün"), ("100%", "100%"), ("%4", "%4"), ("%zz", "%zz"),
        ("%+1", "%+1"), ("%FF", "\u{FFFD}"), ("", ""),
    ])
    func `Messages are percent-decoded, and nothing is refused`(coded: String, text: String) {
        #expect(GRPCStatus.percentDecoded(coded) == text)
    }

    @Test(arguments: [
        (GRPCStatus(.unavailable, "x"), OrchestratorError.Code.unavailable), (GRPCStatus(.deadlineExceeded), .timeout),
        (GRPCStatus(.unimplemented), .unimplemented), (GRPCStatus(.resourceExhausted), .tooLarge),
        (GRPCStatus(.cancelled), .cancelled), (GRPCStatus(.internal, "y"), .failed), (GRPCStatus(.unknown), .failed),
    ])
    func `An error keeps the status and the server's words`(status: GRPCStatus, code: OrchestratorError.Code) {
        let error = OrchestratorError(status, call: "/Orchestrator/run")
        #expect(error.code == code)
        #expect(error.grpcStatus == status)
        #expect(error.message == status.message)
        #expect(!error.meaning.isEmpty && !error.remedy.isEmpty)
    }

    @Test func `An error reads as call, meaning, words and remedy`() {
        let error = OrchestratorError(GRPCStatus(.unavailable, "this fault"), call: "/Orchestrator/run")
        #expect(
            "\(error)" == "/Orchestrator/run: the orchestrator can't be reached: this fault. "
                + "Look at the orchestrator's pod and wait until its port accepts."
        )
    }
}
