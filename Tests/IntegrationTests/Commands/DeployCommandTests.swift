import Documents
import Foundation
import TestSupport
import Testing

@Suite("graphene-deployer deploy and rerun")
struct DeployCommandTests {
    @Test("says the outcome and its links, and of the events the warnings alone")
    func outcome() async throws {
        let run = try await FixtureRun()("deploy")
        #expect(run.status == 0)
        #expect(run.outputText == "running\nlink\tWeb page\thttp://127.0.0.1:30001/\n")
        let lines = run.errors.split(separator: "\n")
        #expect(lines.count == 1 && lines.first?.hasPrefix("warning  a warning") == true)
    }

    @Test("prints a line for each event to standard error with --follow, harmless and without colour in a file")
    func follow() async throws {
        let run = try await FixtureRun()("deploy", ["--follow"], options: ["text=one\ttwo"])
        #expect(run.status == 0)
        #expect(run.outputText.hasPrefix("running\n"))
        let lines = run.errors.split(separator: "\n")
        #expect(lines.first == "phase    Creating objects")
        #expect(lines.contains("info     one two"))
        #expect(lines.contains { $0.hasPrefix("node     ") && $0.hasSuffix("progressing  Deployment created") })
        #expect(lines.contains("link     Web page  http://127.0.0.1:30001/"))
        #expect(lines.contains { $0.hasPrefix("warning  a warning") })
        #expect(!run.errors.contains("\u{1B}"))
    }

    @Test(
        "draws in colour on a terminal, without colour for NO_COLOR, and writes plain lines for TERM=dumb",
        arguments: [
            (["TERM": "xterm"], true, true), (["TERM": "xterm", "NO_COLOR": "1"], false, true),
            (["TERM": "dumb"], false, false),
        ]
    )
    func colour(environment: [String: String], isColoured: Bool, isDrawn: Bool) async throws {
        let script = "import os,pty,sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))"
        let run = try await CommandRun.of(
            FixtureRun().words("deploy", ["--follow"]),
            environment: environment,
            through: ["/usr/bin/env", "python3", "-c", script]
        )
        #expect(run.status == 0)
        #expect(run.outputText.contains("Creating objects"))
        #expect(run.outputText.contains(/\u{1B}\[[0-9;]*[1-9]m/) == isColoured)
        #expect(run.outputText.contains("\u{1B}") == isDrawn)
        #expect(!run.outputText.contains("\u{1B}[2J"))
    }

    @Test("prints one JSON object with state, links and events with --json, and nothing else")
    func json() async throws {
        let run = try await FixtureRun()("deploy", ["--json"])
        #expect(run.status == 0)
        let document = try Document(json: run.output)
        #expect(document["state"] == "running")
        #expect(document["solution"]?.string == CommandTests.shared)
        #expect(document["target"] == "fixture")
        #expect(document["artifact"] == .null)
        #expect(document["links"]?.array?.first?["url"] == "http://127.0.0.1:30001/")
        #expect(document["events"]?.array?.first?["kind"] == "phase")
        #expect(run.errors.isEmpty)
    }

    @Test("writes the file that a target hands over where -o says, and says how where it is missing")
    func artifact() async throws {
        let fixture = try FixtureRun()
        let file = "\(fixture.folder.path)/written.txt"
        let options = ["outcome=completed"]
        let run = try await fixture("deploy", ["-o", file, "--json"], options: options)
        #expect(run.status == 0)
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "made")
        let artifact = try Document(json: run.output)["artifact"]
        #expect(artifact?["writtenTo"]?.string == file)
        #expect(artifact?["bytes"]?.integer == 4)
        let without = try await fixture("deploy", options: options)
        #expect(without.status == 0)
        #expect(without.outputText == "completed\n")
        #expect(without.errors.contains("made.txt") && without.errors.contains("-o"))
        let unwritable = try await fixture("deploy", ["-o", "\(file)/x"], options: options)
        #expect(unwritable.status == 3)
        let nothing = try await fixture("deploy", ["-o", "\(file).2"])
        #expect(nothing.status == 0)
        #expect(nothing.errors.contains("hands over no file"))
    }

    @Test("deploys to a target that only renders")
    func localYAML() async throws {
        let fixture = try FixtureRun()
        let run = try await fixture.ofLocalYAML("deploy", ["-o", "\(fixture.folder.path)/s.zip"])
        #expect(run.status == 0)
        #expect(run.outputText == "completed\n")
        #expect(FileManager.default.fileExists(atPath: "\(fixture.folder.path)/s.zip"))
    }

    @Test(
        "ends with 1 where a deployment is refused or fails, with 3 where the environment does not work",
        arguments: [
            ("invalid-option", 1), ("unsupported", 1), ("conflict", 1), ("failed", 1), ("unknown-code", 1),
            ("unavailable", 3), ("invalid-settings", 3),
        ],
        ["deploy", "rerun", "undeploy"]
    )
    func failures(failure: (code: String, status: Int32), command: String) async throws {
        let fixture = try FixtureRun()
        let run = try await fixture(command, ["--json"], options: ["error=\(failure.code)"])
        #expect(run.status == failure.status)
        let document = try Document(json: run.output)
        #expect(document["state"] == "failed")
        #expect(document["error"]?["code"]?.string == failure.code)
        #expect(document["error"]?["remedy"] == "Leave it out")
        #expect(document["events"]?.array?.isEmpty == false)
        #expect(run.errors.contains("The fixture failed: the option error says \(failure.code). Leave it out."))
    }

    @Test("refuses unknown options and solutions before the target is asked", arguments: ["deploy", "rerun"])
    func refusals(command: String) async throws {
        let fixture = try FixtureRun()
        let option = try await fixture(command, ["--follow"], options: ["typo=1"])
        #expect(option.status == 1)
        #expect(option.errors.contains("option typo: unknown"))
        #expect(!option.errors.contains("phase"))
        var words = fixture.words(command)
        words[1] = "nobody/nothing"
        #expect(try await CommandRun.of(words).status == 1)
        words = fixture.words(command, ["--catalogue", "/nowhere"])
        #expect(try await CommandRun.of(words).status == 3)
    }

    @Test("starts a pipeline anew")
    func rerun() async throws {
        let run = try await FixtureRun()("rerun", ["--follow"])
        #expect(run.status == 0)
        #expect(run.outputText == "running\n")
        #expect(run.errors == "phase    Running the pipeline\n")
    }
}
