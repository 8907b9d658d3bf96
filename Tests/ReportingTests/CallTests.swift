import Documents
import TestSupport
import Testing

@testable import DeployerHost

/// What CDS is told of deployments, and in which order.
@Suite(.timeLimit(.minutes(1))) struct CallTests {
    private static let begin = ["POST deploy", "POST task"]
    private static let notify = ["POST notif", "POST notif/user"]
    private static let end = ["PUT deploy", "POST task/stepresult", "PUT task"] + notify
    private static let solution = "/solution/\(Platform.solutionID)/revision/\(Platform.revisionID)/deploy"

    @Test func `A deployment that comes to run is a record, a task and a notification`() async throws {
        try await ReportedPlatform.serving { platform in
            let reporter = try platform.reporter()
            try reporter.observe(.queued, .fetching, .planning, .applying, .waiting, .starting, .running)
            await reporter.stop(patience: .seconds(30))
            #expect(platform.calls == Self.begin + Self.end)
            #expect(platform.log.lines == [])

            #expect(
                platform.body("POST deploy")
                    == [
                        "solutionId": .string(Platform.solutionID), "revisionId": .string(Platform.revisionID),
                        "userId": .string(Platform.userID), "deploymentStatusCode": "IP",
                        "target": "creodias api.example.org",
                        "detail": .string(
                            #"{"deployment":"\#(ReportFixture.id)","state":"fetching","namespace":"sudoku"}"#),
                    ])
            #expect(
                platform.body("POST task")
                    == [
                        "solutionId": .string(Platform.solutionID), "revisionId": .string(Platform.revisionID),
                        "userId": .string(Platform.userID), "taskCode": "DP",
                        "name": "Deployment to creodias api.example.org", "statusCode": "ST",
                        "trackingId": .string(ReportFixture.id),
                    ])
            let record = platform.body("PUT deploy")
            #expect(record?["deploymentId"]?.string == ReportedPlatform.record)
            #expect(record?["deploymentStatusCode"]?.string == "DP")
            #expect(platform.detail()?["urls"] == ["http://192.0.2.1:30001/"])
            let task = platform.body("PUT task")
            #expect(task?["taskId"]?.integer == ReportedPlatform.task && task?["statusCode"]?.string == "SU")
            #expect(
                platform.body("POST task/stepresult")
                    == [
                        "taskId": .number(NumberLiteral(ReportedPlatform.task)),
                        "name": "Deployment to creodias api.example.org", "statusCode": "SU",
                        "result": "It is running.", "startDate": "2026-01-01T00:01:00Z",
                        "endDate": "2026-01-01T00:06:00Z",
                    ])
            #expect(
                platform.body("POST notif")
                    == [
                        "title": "Solution Deployment Update",
                        "message":
                            "Sudoku 1.0.0 on creodias api.example.org: It is running. Sudoku GUI: http://192.0.2.1:30001/",
                        "msgSeverityCode": "ME", "start": "2026-01-01T00:06:00Z", "end": "2026-01-31T00:06:00Z",
                    ])
        }
    }

    @Test func `Ids that CDS gave are in the paths, and a call without a body has none`() async throws {
        try await ReportedPlatform.serving { platform in
            let reporter = try platform.reporter()
            try reporter.observe(.queued, .fetching, .running)
            await reporter.stop(patience: .seconds(30))
            #expect(
                platform.requests.map(\.path) == [
                    Self.solution, "/task", "\(Self.solution)/\(ReportedPlatform.record)", "/task/stepresult",
                    "/task/\(ReportedPlatform.task)", "/notif",
                    "/notif/\(ReportedPlatform.notification)/user/\(Platform.userID)",
                ])
            #expect(platform.requests.last?.text == "")
            #expect(platform.cds.requests.allSatisfy { $0.isAuthorized(PlatformServices.cdsCredentials) })
            #expect(platform.cds.requests.dropLast().allSatisfy { $0.headers["content-type"] == "application/json" })
        }
    }

    @Test(arguments: [
        (DeploymentState.running, "DP", "SU", "ME"), (.completed, "DP", "SU", "ME"), (.failed, "FA", "FA", "HI"),
        (.cancelled, "FA", "FA", "ME"), (.interrupted, "FA", "FA", "HI"),
    ])
    func `Each end has its codes`(end: DeploymentState, record: String, task: String, severity: String) async throws {
        try await ReportedPlatform.serving { platform in
            let reporter = try platform.reporter()
            try reporter.observe(.queued, .fetching, end)
            await reporter.stop(patience: .seconds(30))
            #expect(platform.body("PUT deploy")?["deploymentStatusCode"]?.string == record)
            #expect(platform.body("POST task/stepresult")?["statusCode"]?.string == task)
            #expect(platform.body("PUT task")?["statusCode"]?.string == task)
            #expect(platform.body("POST notif")?["msgSeverityCode"]?.string == severity)
        }
    }

    @Test func `A failure is told with its reason and what to do`() async throws {
        try await ReportedPlatform.serving { platform in
            let reporter = try platform.reporter()
            try reporter.observe(.queued, .fetching, .failed)
            await reporter.stop(patience: .seconds(30))
            let reason = "The node ‹solver› does not start: the cluster has no memory left"
            #expect(platform.body("POST task/stepresult")?["result"]?.string == reason)
            let message = platform.body("POST notif")?["message"]?.string
            #expect(message == "Sudoku 1.0.0 on creodias api.example.org: \(reason). Add a node.")
        }
    }

    @Test func `The notification leads to the deployment's page where the host's address is known`() async throws {
        try await ReportedPlatform.serving { platform in
            let site = ReportSite(origin: "https://portal.example.org", prefix: "/creodias-deployer")
            let reporter = try platform.reporter(site: site)
            try reporter.observe(.queued, .fetching, .running)
            await reporter.stop(patience: .seconds(30))
            let page = "https://portal.example.org/creodias-deployer/deployments/\(ReportFixture.id)"
            #expect(platform.body("POST notif")?["url"]?.string == page)
            #expect(platform.detail()?["page"]?.string == page)
        }
    }

    @Test func `What is taken away stays deployed in its record, which says that it was removed`() async throws {
        try await ReportedPlatform.serving { platform in
            let reporter = try platform.reporter()
            try reporter.observe(.queued, .fetching, .running)
            try reporter.observe(.queued, .removing, .removed, operation: .undeploy)
            // Once more: its id is forgotten.
            try reporter.observe(.queued, .removing, .removed, operation: .undeploy)
            await reporter.stop(patience: .seconds(30))
            #expect(platform.calls == Self.begin + Self.end + ["PUT deploy"] + Self.notify + Self.notify)
            #expect(platform.body("PUT deploy")?["deploymentStatusCode"]?.string == "DP")
            #expect(platform.detail()?["state"]?.string == "removed" && platform.detail()?["urls"] == nil)
        }
    }

    @Test func `A new start is a task of its own for the same record, another attempt has a record of its own`()
        async throws
    {
        try await ReportedPlatform.serving { platform in
            let reporter = try platform.reporter()
            try reporter.observe(.queued, .fetching, .running)
            try reporter.observe(.queued, .fetching, .running, operation: .rerun)
            try reporter.observe(.queued, .fetching, .failed)
            await reporter.stop(patience: .seconds(30))
            let restart = ["PUT deploy", "POST task"] + Self.end
            #expect(platform.calls == Self.begin + Self.end + restart + Self.begin + Self.end)
            let started = platform.requests.filter { $0.name == "PUT deploy" }.map { $0.body?["deploymentStatusCode"] }
            #expect(started == ["DP", "IP", "DP", "FA"])
        }
    }

    @Test func `Of what an earlier process began there is only the notification`() async throws {
        try await ReportedPlatform.serving { platform in
            let first = try platform.reporter()
            try first.observe(.queued, .fetching, .running)
            await first.stop(patience: .seconds(30))
            let before = platform.calls.count
            let second = try platform.reporter()
            try second.observe(.queued, .removing, .removed, operation: .undeploy)
            await second.stop(patience: .seconds(30))
            #expect(Array(platform.calls.dropFirst(before)) == Self.notify)
        }
    }

    @Test func `What never began is only a notification`() async throws {
        try await ReportedPlatform.serving { platform in
            let reporter = try platform.reporter()
            try reporter.observe(.queued, .cancelled)
            await reporter.stop(patience: .seconds(30))
            #expect(platform.calls == Self.notify)
        }
    }

    @Test(arguments: ["", "a/b", "..", "?", "üser", String(repeating: "a", count: 37)])
    func `Of users that are none of the platform nothing is told`(user: String) async throws {
        try await ReportedPlatform.serving { platform in
            let reporter = try platform.reporter()
            try reporter.observe(.queued, .fetching, .running, user: user)
            await reporter.stop(patience: .seconds(30))
            #expect(platform.calls == [])
        }
    }
}
