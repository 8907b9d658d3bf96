import Documents
import Foundation
import Passes
import TestSupport
import Testing

@Suite("The command line")
struct CommandTests {
    static let catalogue = ["--catalogue", Repository.samples.path]
    static let shared = "33333333-3333-4333-8333-333333333333/cccccccc-cccc-4ccc-8ccc-cccccccccccc"

    @Test(
        "exits with 2 and a hint for wrong usage",
        arguments: [
            ["nonsense"], ["plan"], ["plan", "no-slash"], ["render", shared], ["serve", "--port", "99999"],
            ["plan", shared, "--nope"],
            ["render", shared, "--target", "local-yaml", "-o", "x.zip", "--option", "no-equals"],
        ])
    func usage(arguments: [String]) async throws {
        let run = try await CommandRun.of(arguments)
        #expect(run.status == 2)
        #expect(run.output.isEmpty)
        #expect(!run.errors.isEmpty)
    }

    @Test("prints help and exits with 0", arguments: [["--help"], ["help", "render"], ["serve", "--help"]])
    func help(arguments: [String]) async throws {
        let run = try await CommandRun.of(arguments)
        #expect(run.status == 0)
        #expect(run.outputText.contains("USAGE: graphene-deployer"))
    }

    @Test("plans as text and as JSON that is read back as the same plan")
    func plan() async throws {
        let text = try await CommandRun.of(["plan", Self.shared] + Self.catalogue)
        #expect(text.status == 0)
        #expect(text.outputText.contains("shared folder\t/data/shared"))
        let json = try await CommandRun.of(["plan", Self.shared, "--json"] + Self.catalogue)
        let plan = try Document(json: json.output).decoded(as: SolutionPlan.self)
        #expect(text.outputText.contains("digest\t\(try plan.digest())"))
        #expect(json.errors.isEmpty)
    }

    @Test("refuses unknown solutions with 1 and names them")
    func unknownSolution() async throws {
        let run = try await CommandRun.of(["plan", "nobody/nothing"] + Self.catalogue)
        #expect(run.status == 1)
        #expect(run.errors.contains("nobody"))
        #expect(run.output.isEmpty)
    }

    @Test("refuses a broken blueprint with 1, names the node and leaves no file")
    func refusal() async throws {
        let folder = try TemporaryFolder()
        let source = PipelineFixture.pipeline([PipelineFixture.node("Broken Node", image: "")])
        try folder.addSolution(source)
        let output = "\(folder.path)/out.zip"
        for path in [output, "\(folder.path)/out"] {
            let run = try await CommandRun.of(
                ["render", "\(source.reference)", "--target", "local-yaml", "-o", path, "--catalogue", folder.path]
            )
            #expect(run.status == 1)
            #expect(run.errors.contains("\"Broken Node\""))
            #expect(run.errors.contains("image"))
        }
        #expect(try folder.names() == ["artifacts", "nexus", "revisions", "solutions"])
    }

    @Test("fails with 3 where a protobuf file is missing, names the node and leaves no file")
    func missingProto() async throws {
        let folder = try TemporaryFolder()
        let source = PipelineFixture.pipeline([PipelineFixture.node("fine"), PipelineFixture.node("lost")])
        try folder.addSolution(source)
        try FileManager.default.removeItem(atPath: "\(folder.path)/nexus/protos/lost.proto")
        let run = try await CommandRun.of(
            [
                "render", "\(source.reference)", "--target", "local-yaml", "-o", "\(folder.path)/out.zip",
                "--catalogue", folder.path,
            ]
        )
        #expect(run.status == 3)
        #expect(run.errors.contains("\"lost\""))
        #expect(try folder.names() == ["artifacts", "nexus", "revisions", "solutions"])
    }

    @Test("keeps control characters of names away from the terminal")
    func controlCharacters() async throws {
        let folder = try TemporaryFolder()
        let source = PipelineFixture.pipeline(
            [PipelineFixture.node("evil\u{1B}]0;name", extra: ["proto_uri": "protos/evil.proto"])],
            name: "two\twords\u{7}")
        try folder.addSolution(source)
        let run = try await CommandRun.of(["plan", "\(source.reference)", "--catalogue", folder.path])
        #expect(run.status == 0)
        #expect(run.errors.contains("evil"))
        for text in [run.errors, run.outputText] { #expect(!text.contains("\u{1B}") && !text.contains("\u{7}")) }
        #expect(run.outputText.hasPrefix("two words"))
    }

    @Test("refuses protobuf files that are too large together, counted once for each node that has one")
    func sharedProto() async throws {
        let folder = try TemporaryFolder()
        let uri: Document = "protos/shared.proto"
        let nodes = (1...12).map { PipelineFixture.node("n\($0)", extra: ["proto_uri": uri]) }
        let large = PipelineFixture.proto() + String(repeating: "// filler\n", count: 40_000)
        let source = PipelineFixture.pipeline(nodes, protos: ["protos/shared.proto": large])
        try folder.addSolution(source)
        let run = try await CommandRun.of(["plan", "\(source.reference)", "--catalogue", folder.path])
        #expect(run.status != 0)
        #expect(run.errors.contains("protobuf files"))
    }

    @Test("renders a zip and a folder of the same files")
    func render() async throws {
        let folder = try TemporaryFolder()
        let zip =
            ["render", Self.shared, "--target", "local-yaml", "-o", "\(folder.path)/a.zip", "--json"] + Self.catalogue
        let report = try await CommandRun.of(zip)
        #expect(report.status == 0)
        #expect(try Document(json: report.output)["output"]?.string == "\(folder.path)/a.zip")
        let run = try await CommandRun.of(
            ["render", Self.shared, "--target", "local-yaml", "-o", "\(folder.path)/b/"] + Self.catalogue)
        #expect(run.status == 0)
        #expect(FileManager.default.fileExists(atPath: "\(folder.path)/b/deployments/pvc.yaml"))
        let script =
            "import sys,zipfile,os\nz=zipfile.ZipFile(sys.argv[1])\nfor n in z.namelist(): assert z.read(n)==open(os.path.join(sys.argv[2],n),'rb').read(), n\nprint(len(z.namelist()), sum(len(f) for _,_,f in os.walk(sys.argv[2])))"
        let compare = Process()
        compare.executableURL = URL(filePath: "/usr/bin/env")
        compare.arguments = ["python3", "-c", script, "\(folder.path)/a.zip", "\(folder.path)/b"]
        try compare.run()
        compare.waitUntilExit()
        #expect(compare.terminationStatus == 0)
        let again = try await CommandRun.of(
            ["render", Self.shared, "--target", "local-yaml", "-o", "\(folder.path)/b"] + Self.catalogue)
        #expect(again.status == 3)
        #expect(again.errors.contains("not empty"))
        let upper = try await CommandRun.of(
            ["render", Self.shared, "--target", "local-yaml", "-o", "\(folder.path)/C.ZIP"] + Self.catalogue)
        #expect(upper.status == 0)
        let bytes = { (name: String) in try Data(contentsOf: URL(filePath: "\(folder.path)/\(name)")) }
        #expect(try bytes("C.ZIP") == bytes("a.zip"))
    }

    @Test("says in one sentence where standard output cannot be written, and exits with 3")
    func fullOutput() async throws {
        let full = ["/bin/sh", "-c", "exec \"$@\" >/dev/full", "sh"]
        let run = try await CommandRun.of(["plan", Self.shared] + Self.catalogue, through: full)
        #expect(run.status == 3)
        #expect(run.errors == "graphene-deployer: standard output cannot be written: No space left on device\n")
    }

    @Test(
        "says what is wrong with options and targets, and exits with 1",
        arguments: [
            (["--target", "nowhere"], "nowhere"),
            (["--target", "local-yaml", "--option", "volume-size=huge"], "volume-size"),
            (["--target", "local-yaml", "--option", "typo=1"], "typo"),
        ])
    func badOptions(arguments: [String], text: String) async throws {
        let folder = try TemporaryFolder()
        let run = try await CommandRun.of(
            ["render", Self.shared, "-o", "\(folder.path)/x.zip"] + arguments + Self.catalogue)
        #expect(run.status == 1)
        #expect(run.errors.contains(text))
        #expect(try folder.names().isEmpty)
    }

    @Test("fails with 3 and leaves no partial file where the output cannot be written")
    func unwritable() async throws {
        let folder = try TemporaryFolder()
        let command = ["render", Self.shared, "--target", "local-yaml"] + Self.catalogue
        let missing = try await CommandRun.of(command + ["-o", "\(folder.path)/no/such/x.zip"])
        #expect(missing.status == 3)
        #expect(missing.errors.contains("cannot be written"))
        // A limit on file sizes fails the same system call as a full disk does.
        let limited = ["/usr/bin/env", "bash", "-c", "trap '' XFSZ; ulimit -f 2; exec \"$@\"", "bash"]
        for name in ["x.zip", "x"] {
            let full = try await CommandRun.of(command + ["-o", "\(folder.path)/\(name)"], through: limited)
            #expect(full.status == 3)
            #expect(full.errors.contains("cannot be written"))
        }
        #expect(try folder.names().isEmpty)
    }

    @Test("fails with 3 where the catalogue is missing or not configured")
    func noCatalogue() async throws {
        let missing = try await CommandRun.of(["plan", Self.shared, "--catalogue", "/nowhere"])
        #expect(missing.status == 3)
        let unset = try await CommandRun.of(["plan", Self.shared])
        #expect(unset.status == 3)
        #expect(unset.errors.contains("--catalogue"))
    }

    @Test("fails with 3 and one sentence where the platform's services fail or are not there")
    func failingServices() async throws {
        let command = ["plan", "\(Platform.solutionID)/\(Platform.revisionID)"]
        let faults = ["/ccds/solution/\(Platform.solutionID)": StandInAnswer(status: 500)]
        let environment = try await PlatformServices.serving(.pipeline, faults: faults) { services in
            let failed = try await CommandRun.of(command, environment: services.environment)
            #expect(failed.status == 3)
            #expect(failed.output.isEmpty)
            #expect(failed.errors.contains("Common Data Service"))
            #expect(failed.errors.split(separator: "\n").count == 1)
            return services.environment
        }
        let refused = try await CommandRun.of(command, environment: environment)
        #expect(refused.status == 3)
        #expect(refused.errors.contains("the connection was refused"))
        try await PlatformServices.serving(.pipeline) { services in
            let answered = try await CommandRun.of(command, environment: services.environment)
            #expect(answered.status == 0)
        }
    }

    @Test("lists targets, and says which modules were rejected")
    func targets() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("c.yaml", "targets: [{module: LocalYAML}, {module: Missing}]")
        let run = try await CommandRun.of(["targets", "--config", file])
        #expect(run.status == 0)
        #expect(run.outputText.hasPrefix("local-yaml\t1.0.0\t"))
        #expect(run.errors.contains("libMissing.so"))
        let json = try Document(json: try await CommandRun.of(["targets", "--json", "--config", file]).output)
        #expect(json["targets"]?.array?.count == 1)
        #expect(json["rejected"]?.array?.count == 1)
    }

    @Test("verifies a module without loading it, and loads it when asked")
    func moduleVerify() async throws {
        let module = Repository.products.appending(path: "libLocalYAML.so").path
        let good = try await CommandRun.of(["module", "verify", module])
        #expect(good.status == 0)
        #expect(good.outputText.contains("id         local-yaml\n"))
        #expect(good.outputText.contains("as expected: the Swift compiler"))
        #expect(good.outputText.contains("\nThis host can load libLocalYAML.so"))
        let loaded = try await CommandRun.of(["module", "verify", "--load", module])
        #expect(loaded.status == 0)
        #expect(loaded.errors.contains("loaded local-yaml 1.0.0"))
        let folder = try TemporaryFolder()
        let bad = try await CommandRun.of(["module", "verify", try folder.write("libBad.so", "not a library")])
        #expect(bad.status == 1)
        #expect(bad.errors.contains("libBad.so"))
        let digest = String(repeating: "0", count: 64)
        let pin = try folder.write("pin.yaml", "targets: [{module: LocalYAML, sha256: '\(digest)'}]")
        let pinned = try await CommandRun.of(["module", "verify", "--config", pin, module])
        #expect(pinned.status == 1)
        #expect(pinned.errors.contains(digest))
        let bare = try await CommandRun.of(
            ["module", "verify", "--config", pin, "libLocalYAML.so"],
            through: ["/usr/bin/env", "-C", Repository.products.path]
        )
        #expect(bare.status == 1)
        #expect(bare.errors.contains(digest))
        let json = try await CommandRun.of(["module", "verify", "--json", module])
        let document = try Document(json: json.output)
        #expect(document["facts"]?.array?.first?["meaning"]?.string?.isEmpty == false)
        #expect(document["conclusion"]?.string?.hasPrefix("This host can load") == true)
    }

    @Test("tries out whether a target keeps the contract, and refuses what belongs to the trial alone without it")
    func conformance() async throws {
        let module = Repository.products.appending(path: "libLocalYAML.so").path
        let run = try await CommandRun.of(["module", "verify", "--conformance", module])
        #expect(run.status == 0, "\(run.outputText)")
        #expect(run.outputText.contains("passed  cancellation"))
        #expect(run.outputText.contains("local-yaml 1.0.0 conforms: "))
        for arguments in [["--option", "a=b"], ["--environment", "ready"], ["--conformance", "--environment", "no"]] {
            #expect(try await CommandRun.of(["module", "verify", module] + arguments).status == 2)
        }
        let unknown = try await CommandRun.of([
            "module", "verify", "--conformance", "--json", module, "--option", "a=b",
        ])
        #expect(unknown.status == 1)
        let checks = try Document(json: unknown.output)["checks"]?.array ?? []
        #expect(checks.first { $0["name"] == "start" }?["verdict"] == "failed")
        let folder = try TemporaryFolder()
        let bad = try await CommandRun.of(["module", "verify", "--conformance", try folder.write("libBad.so", "no")])
        #expect(bad.status == 1 && bad.errors.contains("libBad.so"))
    }

    @Test("checks the configuration and names line and key")
    func configCheck() async throws {
        let key = ["GRAPHENE_DEPLOYER_JWT_KEY": PortalToken.key]
        let shipped = Repository.root.appending(path: "config/deployer.yaml").path
        let good = try await CommandRun.of(["config", "check", "--config", shipped], environment: key)
        #expect(good.status == 0, "\(good.errors)")
        let folder = try TemporaryFolder()
        let file = try folder.write("c.yaml", "listen:\n  prot: 1\n")
        let bad = try await CommandRun.of(["config", "check", "--config", file])
        #expect(bad.status == 1)
        #expect(bad.errors.contains("c.yaml:2:3: listen.prot is an unknown key"))
        let later = try folder.write(
            "d.yaml", "cookie: {secure: true}\ncatalogue:\n  directory: nowhere\ndefaultTarget: no\n")
        let second = try await CommandRun.of(["config", "check", "--config", later], environment: key)
        #expect(second.errors.contains("d.yaml:3:3: catalogue.directory is"))
        #expect(second.errors.contains("d.yaml:4:1: defaultTarget is no"))
        let json = try await CommandRun.of(["config", "check", "--json", "--config", file])
        #expect(try Document(json: json.output)["problems"]?.array?.first?["key"] == "listen.prot")
    }
}
