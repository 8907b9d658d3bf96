import TestSupport
import Testing

@testable import DeployerHost

/// A platform that does not take what it is told.
@Suite(.timeLimit(.minutes(1))) struct FaultTests {
    private static let garbage = StandInAnswer(status: 201, "{")
    private static let echo = StandInAnswer(status: 500, #"{"error":"cds-secret of ccds_client"}"#)

    private static func warning(_ call: String, _ status: String) -> String {
        "warning a report to the platform failed call=\(call) deployment=\(ReportFixture.id)"
            + " \(status)"
    }

    /// The calls that are made of one deployment, and the warnings, where one kind of call goes wrong.
    @Test(arguments: [
        (
            "POST deploy", StandInAnswer(status: 500),
            [
                "POST deploy", "POST deploy", "POST deploy", "POST task", "POST task/stepresult", "PUT task",
                "POST notif",
            ],
            "status=500"
        ),
        (
            "POST deploy", StandInAnswer(status: 400),
            ["POST deploy", "POST task", "POST task/stepresult", "PUT task", "POST notif"], "status=400"
        ),
        (
            "POST task", garbage, ["POST deploy", "POST task", "PUT deploy", "POST notif"],
            "reason=the answer has no usable taskId status=201"
        ),
        (
            "POST task", .html, ["POST deploy", "POST task", "PUT deploy", "POST notif"],
            "reason=the answer is a web page status=200"
        ),
        (
            "POST deploy", StandInAnswer(status: 201, #"{"deploymentId":"../../user/1"}"#),
            ["POST deploy", "POST task", "POST task/stepresult", "PUT task", "POST notif"],
            "reason=the answer has no usable deploymentId status=201"
        ),
        (
            "POST deploy", .redirect(to: "http://192.0.2.1/"),
            ["POST deploy", "POST task", "POST task/stepresult", "PUT task", "POST notif"], "status=302"
        ),
        (
            "PUT deploy", .html,
            ["POST deploy", "POST task", "PUT deploy", "POST task/stepresult", "PUT task", "POST notif"],
            "reason=the answer is a web page status=200"
        ),
        // Nobody answers: the rest of the report would fare no better.
        (
            "POST deploy", .slow(.seconds(30)),
            ["POST deploy", "POST deploy", "POST deploy", "POST notif"],
            "reason=no complete answer within the deadline status=timeout"
        ),
        ("POST deploy", StandInAnswer(status: 401), ["POST deploy", "POST notif"], "status=401"),
    ])
    func `One kind of call that fails is one warning, and the rest goes on as far as it can`(
        call: String,
        answer: StandInAnswer,
        calls: [String],
        status: String
    ) async throws {
        try await ReportedPlatform.serving(faults: [call: answer]) { platform in
            let reporter = try platform.reporter(timeout: answer.delay > .zero ? .seconds(3) : .seconds(20))
            try reporter.observe(.queued, .fetching, .running)
            await reporter.stop(patience: .seconds(30))
            #expect(platform.calls == calls + ["POST notif/user"])
            #expect(platform.log.lines == [Self.warning(call, status)])
        }
    }

    @Test func `A call that goes well at last is no warning`() async throws {
        let failures = Countdown(2)
        try await StandIn.serving { _ in
            failures.step() ? StandInAnswer(status: 503) : StandInAnswer(status: 201, #"{"notificationId":"n-1"}"#)
        } _: { cds in
            let platform = ReportedPlatform(cds: cds)
            let reporter = try platform.reporter()
            try reporter.observe(.queued, .cancelled)
            await reporter.stop(patience: .seconds(30))
            #expect(platform.calls == ["POST notif", "POST notif", "POST notif", "POST notif/user"])
            #expect(platform.log.lines == [])
        }
    }

    @Test func `A platform that is away is one warning for each report`() async throws {
        let platform = ReportedPlatform(
            cds: try await StandIn.serving { _ in
                StandInAnswer()
            } _: {
                $0
            })
        let reporter = try platform.reporter()
        try reporter.observe(.queued, .fetching, .running)
        await reporter.stop(patience: .seconds(30))
        #expect(
            platform.log.lines == [
                Self.warning("POST deploy", "reason=the connection was refused status=unavailable"),
                Self.warning("POST notif", "reason=the connection was refused status=unavailable"),
            ])
    }

    @Test func `What does not fit into the queue is dropped, with one line`() async throws {
        try await ReportedPlatform.serving(faults: ["all": .slow(.seconds(30))]) { platform in
            let reporter = try platform.reporter(timeout: .seconds(600), capacity: 3)
            try reporter.observe(.queued, .fetching)
            while platform.calls.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
            for number in 0..<20 { try reporter.observe(.queued, .fetching, .running, id: "deployment-\(number)") }
            #expect(
                platform.log.lines == [
                    "warning reports to the platform are dropped deployment=deployment-1 reason=3 wait already"
                ])
            await reporter.stop(patience: .zero)
            #expect(
                platform.log.lines.dropFirst() == [
                    "warning reports to the platform were dropped count=4 reason=the host stops"
                ])
        }
    }

    @Test func `After the stop nothing is taken`() async throws {
        try await ReportedPlatform.serving { platform in
            let reporter = try platform.reporter()
            await reporter.stop()
            try reporter.observe(.queued, .fetching, .running)
            await reporter.stop()
            #expect(platform.calls == [] && platform.log.lines == [])
        }
    }

    @Test(arguments: [echo, StandInAnswer(status: 401, "cds-secret"), garbage])
    func `No credential gets into the log or into what is told`(answer: StandInAnswer) async throws {
        try await ReportedPlatform.serving(faults: ["POST deploy": answer]) { platform in
            let reporter = try platform.reporter()
            try reporter.observe(.queued, .fetching, .running) { record in
                record.links = [
                    .init(title: "page", url: "http://192.0.2.1:30001/lab?token=mark-1#mark-2"),
                    .init(title: "page", url: "http://user:mark-3@192.0.2.1/"),
                ]
                record.options["text"] = "mark-4"
                record.place?.server = "https://user:mark-5@api.example.org/"
            }
            await reporter.stop(patience: .seconds(30))
            let texts = platform.log.lines + platform.requests.map { $0.path + $0.text }
            #expect(texts.contains { $0.contains("http://192.0.2.1:30001/lab") })
            for text in texts {
                #expect(!text.contains("mark-") && !text.contains("cds-secret") && !text.contains("Basic"), "\(text)")
            }
        }
    }
}
