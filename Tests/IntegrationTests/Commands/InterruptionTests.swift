import Documents
import Foundation
import TestSupport
import Testing

@Suite("Signals")
struct InterruptionTests {
    /// What the fixture logs when it begins to wait.
    private static let sign = "the fixture waits"
    private static let signals: [(signal: Int32, status: Int32)] = [(SIGINT, 130), (SIGTERM, 143)]

    @Test("cancel a deployment, which says what exists and what can be done", arguments: signals)
    func deploy(signal: Int32, status: Int32) async throws {
        let command = try RunningCommand(FixtureRun().words("deploy", ["--follow"], options: ["slow=true"]))
        try await command.wait(for: Self.sign)
        command.send(signal)
        #expect(try await command.status() == status)
        #expect(command.errors.contains("graphene-deployer undeploy \(CommandTests.shared) --target fixture"))
        #expect(command.errors.contains("interrupted by"))
        #expect(command.output.isEmpty)
    }

    @Test("leave the events that came before, as JSON and as text", arguments: [["--json"], []])
    func events(flags: [String]) async throws {
        let fixture = try FixtureRun()
        let command = try RunningCommand(fixture.words("deploy", flags, options: ["slow=true"]))
        try await command.wait(for: Self.sign)
        command.send(SIGINT)
        #expect(try await command.status() == 130)
        #expect(command.errors.contains("phase    Creating objects"))
        guard !flags.isEmpty else { return }
        let document = try Document(json: Array(command.output.utf8))
        #expect(document["state"] == "interrupted")
        #expect(document["events"]?.array?.first?["text"] == "Creating objects")
    }

    @Test("end commands that only look", arguments: ["logs", "plan", "status"])
    func looking(name: String) async throws {
        let command = try RunningCommand(
            FixtureRun().words(name, name == "logs" ? ["--follow"] : [], options: ["slow=true"])
        )
        try await command.wait(for: Self.sign)
        command.send(SIGINT)
        #expect(try await command.status() == 130)
    }

    @Test("end the process at once the second time")
    func twice() async throws {
        let command = try RunningCommand(
            FixtureRun().words("deploy", ["--follow"], options: ["slow=true", "stubborn=true"]))
        try await command.wait(for: Self.sign)
        command.send(SIGINT)
        try await command.wait(for: "the fixture goes on")
        command.send(SIGINT)
        #expect(try await command.status() == 130)
    }

    @Test("leave the rest of a deployment that is taken away, and say so")
    func undeploy() async throws {
        let command = try RunningCommand(FixtureRun().words("undeploy", options: ["slow=true"]))
        try await command.wait(for: Self.sign)
        command.send(SIGTERM)
        #expect(try await command.status() == 143)
        #expect(command.errors.contains("phase    Removing objects"))
        #expect(command.errors.contains("What was not removed is still there"))
    }
}
