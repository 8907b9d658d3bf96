import Documents
import TestSupport
import Testing

@Suite("graphene-deployer status, logs and undeploy")
struct OperationCommandTests {
    /// Given last, this catalogue is the one that counts.
    private static let noCatalogue = ["--catalogue", "/nowhere"]

    @Test(
        "says how a deployment is, and ends with 1 only where it has failed",
        arguments: [("absent", 0), ("progressing", 0), ("running", 0), ("failed", 1)]
    )
    func status(state: String, status: Int32) async throws {
        let fixture = try FixtureRun()
        let options = ["state=\(state)", "text=Do this"]
        let run = try await fixture("status", Self.noCatalogue, options: options)
        #expect(run.status == status)
        #expect(
            run.outputText == "\(state)\nnode\tmodel\t\(state)\tDo this\nlink\tWeb page\thttp://127.0.0.1:30001/\n"
        )
        let json = try await fixture("status", ["--json"] + Self.noCatalogue, options: options)
        #expect(json.status == status)
        let document = try Document(json: json.output)
        #expect(document["state"]?.string == state)
        #expect(document["nodes"]?.array?.first?["remedy"] == "Do this")
    }

    @Test("works without any catalogue", arguments: ["status", "logs", "undeploy"])
    func unconfigured(command: String) async throws {
        let words = try FixtureRun().words(command)
        let catalogue = try #require(words.firstIndex(of: "--catalogue"))
        let run = try await CommandRun.of(Array(words[..<catalogue] + words[(catalogue + 2)...]))
        #expect(run.status == 0, "\(run.errors)")
    }

    @Test("prints the lines of all nodes with their names, of one node without")
    func logs() async throws {
        let fixture = try FixtureRun()
        let all = try await fixture("logs", Self.noCatalogue)
        #expect(all.status == 0)
        #expect(all.outputText == "model | model is ready\norchestrator | orchestrator is ready\n")
        let one = try await fixture("logs", ["--node", "model"])
        #expect(one.outputText == "model is ready\n")
        #expect(try await fixture("logs", options: ["error=unavailable"]).status == 3)
    }

    @Test("takes a deployment away")
    func undeploy() async throws {
        let fixture = try FixtureRun()
        let run = try await fixture("undeploy", ["--follow"] + Self.noCatalogue)
        #expect(run.status == 0)
        #expect(run.outputText == "removed\n")
        #expect(run.errors == "phase    Removing objects\n")
        let json = try Document(json: try await fixture("undeploy", ["--json"]).output)
        #expect(json["state"] == "removed")
        #expect(json["events"]?.array?.count == 1)
    }

    @Test("says plainly that a target lacks the ability", arguments: ["status", "logs", "undeploy", "rerun"])
    func unsupported(command: String) async throws {
        let run = try await FixtureRun().ofLocalYAML(command)
        #expect(run.status == 1)
        #expect(run.errors.contains("The target local-yaml does not support this: it is no target that"))
        #expect(run.output.isEmpty)
    }
}
