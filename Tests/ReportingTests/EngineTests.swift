import Blueprints
import TestSupport
import Testing

@testable import DeployerHost

/// Deployments go their way whatever the platform says to it.
@Suite(.timeLimit(.minutes(1))) struct EngineTests {
    private static let token = "pa55-word-of-a-user"

    /// Deploys the sample of a single model, and tells what is seen of it.
    private static func deploy(
        fails: Bool = false,
        reporter: PlatformReporter?,
        log: LogCollector
    ) async throws -> (record: DeploymentRecord, events: [StoredEvent]) {
        let deployer = Deployer(
            configuration: Configuration(),
            catalogue: DirectoryCatalogue(folder: Repository.samplesPath),
            targets: try StubTarget.loaded()
        )
        let engine = DeploymentEngine(
            live: LiveDeployer(deployer),
            store: try SQLiteStore(folder: nil),
            observers: [reporter].compactMap(\.self),
            logger: log.logger,
            now: { PortalToken.now }
        )
        try await engine.start()
        let user = UserIdentity(userID: Platform.userID, name: "alice", email: nil, roles: [])
        let session = Session(user: user, expires: PortalToken.now + 60)
        let reference = SolutionReference(
            "11111111-1111-4111-8111-111111111111/aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa")
        let options = ["token": token, "fails": fails ? "true" : "false"]
        let submission = DeploymentSubmission(
            deployer: deployer, session: session, reference: try #require(reference), target: "stub", options: options)
        let id = try await engine.submit(submission).record.id
        let changes = await engine.follow(id)
        var record = try await engine.record(id, for: session)
        var iterator = changes.makeAsyncIterator()
        while record.state.isActive, await iterator.next() != nil { record = try await engine.record(id, for: session) }
        let events = try await engine.events(of: id, after: 0)
        await engine.drain()
        return (record, events)
    }

    @Test(arguments: [
        StandInAnswer(status: 500), StandInAnswer(status: 401), StandInAnswer(status: 201, "{"), .html, .endless,
        .slow(.seconds(30)), .redirect(to: "/"),
    ])
    func `A platform that takes nothing changes nothing and holds nothing`(answer: StandInAnswer) async throws {
        let usual = try await Self.deploy(reporter: nil, log: LogCollector())
        try await ReportedPlatform.serving(faults: ["all": answer]) { platform in
            let reporter = try platform.reporter(timeout: .seconds(600))
            let seen = try await Self.deploy(reporter: reporter, log: platform.log)
            #expect(seen.record.state == .running && seen.record.failure == nil)
            #expect(seen.record.links == usual.record.links)
            #expect(seen.events.map(\.text) == usual.events.map(\.text))
            await reporter.stop(patience: answer.delay > .zero ? .zero : .seconds(30))
            #expect(platform.log.lines.contains { $0.contains("report") && $0.hasPrefix("warning") })
        }
    }

    @Test(arguments: [false, true])
    func `The engine's deployments are told, and the user's secrets are not`(fails: Bool) async throws {
        try await ReportedPlatform.serving { platform in
            let reporter = try platform.reporter()
            let seen = try await Self.deploy(fails: fails, reporter: reporter, log: platform.log)
            await reporter.stop(patience: .seconds(30))
            #expect(seen.record.state == (fails ? .failed : .running))
            #expect(
                platform.calls == [
                    "POST deploy", "POST task", "PUT deploy", "POST task/stepresult", "PUT task", "POST notif",
                    "POST notif/user",
                ])
            let message = try #require(platform.body("POST notif")?["message"]?.string)
            #expect(
                message.contains(
                    fails ? "It failed with ‹redacted›" : "second ‹redacted›: http://192.0.2.2/%3Credacted%3E"))
            for request in platform.requests { #expect(!request.text.contains(Self.token), "\(request.text)") }
            for line in platform.log.lines { #expect(!line.contains(Self.token), "\(line)") }
        }
    }
}
