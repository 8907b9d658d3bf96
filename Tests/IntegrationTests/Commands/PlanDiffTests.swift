import Documents
import TestSupport
import Testing

@Suite("graphene-deployer plan against an environment")
struct PlanDiffTests {
    @Test("shows the environment, every object with its fields, and warnings", arguments: [["--diff"], []])
    func diff(flags: [String]) async throws {
        let run = try await FixtureRun()("plan", flags, options: flags.isEmpty ? ["obstacle=false"] : [])
        #expect(run.status == 0)
        let lines = run.outputText.split(separator: "\n")
        #expect(lines.first?.hasPrefix("digest\t") == true)
        #expect(
            lines.dropFirst() == [
                "cluster\tin memory", "+ Deployment new", "~ Service other",
                "    spec.type: \"ClusterIP\" -> (none)", "= Service same", "- ConfigMap old",
            ]
        )
        #expect(run.errors.contains("warning: The quota is small: it allows 1 pod. Raise it."))
    }

    @Test("ends with 1 where something is in the way, and says what to do", arguments: [[], ["--json"]])
    func obstacles(flags: [String]) async throws {
        let run = try await FixtureRun()("plan", flags, options: ["obstacle=true"])
        #expect(run.status == 1)
        if flags.isEmpty {
            #expect(run.errors.contains("obstacle: The quota is small: it allows 1 pod. Raise it."))
        } else {
            let document = try Document(json: run.output)
            #expect(document["digest"]?.string?.count == 64)
            #expect(document["preview"]?["obstacles"]?.array?.first?["remedy"] == "Raise it")
            #expect(document["preview"]?["changes"]?.array?.count == 4)
        }
    }

    @Test("stays a plan of the solution alone without options")
    func withoutOptions() async throws {
        let run = try await FixtureRun()("plan")
        #expect(run.status == 0)
        #expect(run.outputText.contains("shared folder\t/data/shared"))
        #expect(!run.outputText.contains("cluster"))
    }

    @Test("refuses where the target cannot tell, and needs a target to ask")
    func refusals() async throws {
        let fixture = try FixtureRun()
        let run = try await fixture.ofLocalYAML("plan", ["--option", "volume-size=2Gi"])
        #expect(run.status == 1)
        #expect(run.errors.contains("The target local-yaml does not support this"))
        #expect(run.output.isEmpty)
        let usage = try await CommandRun.of(["plan", CommandTests.shared, "--diff"] + CommandTests.catalogue)
        #expect(usage.status == 2)
    }

    @Test("ends with 3 where the environment cannot be asked")
    func unavailable() async throws {
        #expect(try await FixtureRun()("plan", options: ["error=unavailable"]).status == 3)
    }
}
