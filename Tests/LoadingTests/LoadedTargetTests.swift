import Blueprints
import ContractVersions
@testable import DeployerHost
import Passes
import Secrets
import TargetContract
import Testing

@Suite struct LoadedTargetTests {
    private func wellBehaved() throws -> LoadedTarget {
        let loader = try ModuleFolder().loader()
        let path = try HostileModules.path(of: "WellBehaved")
        let modules = loader.load(file: path, as: ModuleReference(module: "WellBehaved"))
        #expect(modules.rejected.map(\.sentence) == [])
        return try #require(modules.targets.first)
    }

    private func plan() throws -> SolutionPlan {
        let reference = try #require(SolutionReference(solutionID: "solution", revisionID: "revision"))
        let content = SolutionSource.Content.model(image: "registry.example/model:1", proto: nil)
        let source = SolutionSource(reference: reference, name: "Pear", version: "1", content: content)
        return try PassPipeline(passes: []).run(on: source)
    }

    @Test func `a loaded target tells its manifest, its contract and its digest`() throws {
        let target = try wellBehaved()
        #expect(target.manifest.id == "well-behaved")
        #expect(target.contract == ContractVersion.current.number)
    }

    @Test func `a loaded target can be cast to what it can do`() async throws {
        let target = try wellBehaved()
        let options = try OptionValues([:], for: target.manifest.options)
        let files = try await target.hosted.render(plan(), options: options)
        #expect(files.map(\.path) == ["name.txt"])
    }

    @Test func `a typed error crosses the border`() async throws {
        let target = try wellBehaved()
        let options = try OptionValues([:], for: target.manifest.options)
        await #expect(throws: TargetError.self) {
            _ = try await target.hosted.deploy(plan(), options: options) { _ in }
        }
    }

    @Test func `a module with the digest of the configuration is loaded, in either case of letters`() throws {
        let digest = SHA256(hashing: try ModuleFolder.bytes(of: "WellBehaved")).hex
        let path = try HostileModules.path(of: "WellBehaved")
        #expect(ModuleInspector().inspect(path, sha256: digest.uppercased()).isAcceptable)
    }

    @Test func `the module of this package is loaded from the folder of the executable`() throws {
        let loader = ModuleLoader(searchPath: .ofThisProcess()) { _ in TargetServices { _, _ in } }
        let modules = loader.load([ModuleReference(module: "LocalYAML")])
        #expect(modules.rejected.map(\.sentence) == [])
        let target = try #require(modules.targets.first)
        #expect(target.manifest.id == "local-yaml")
        #expect(target.can(.rendering))
        #expect(target.file == HostileModules.executableFolder + "/libLocalYAML.so")
    }

    @Test func `an inspection lists what was found and what is expected`() throws {
        let inspection = ModuleInspector().inspect(try HostileModules.path(of: "OtherCompiler"))
        let names = [
            "owner", "mode", "size", "sha256", "libraries", "runpath", "machine", "id", "version", "contract",
            "compiler", "interface",
        ]
        #expect(inspection.facts.map(\.name) == names)
        let compiler = try #require(inspection.facts.first { $0.name == "compiler" })
        #expect(compiler.found == "6.2.1 (swift-6.2.1-RELEASE)")
        #expect(compiler.expected == Toolchain.version)
        #expect(inspection.problems.map(\.stage) == [.note])
        #expect(inspection.facts.filter { $0.verdict == .refused }.map(\.name) == ["compiler"])
        #expect(inspection.facts.allSatisfy { !$0.meaning.isEmpty })
        #expect(inspection.conclusion.hasPrefix("This host refuses libOtherCompiler.so at the stage note: "))
    }

    @Test func `an inspection tells which libraries a module needs, and where they are looked for`() throws {
        let inspection = ModuleInspector().inspect(HostileModules.executableFolder + "/libLocalYAML.so")
        let facts = Dictionary(inspection.facts.map { ($0.name, $0.found) }) { $1 }
        #expect(facts["libraries"]?.split(separator: ", ").contains("libDeploymentKit.so") == true)
        #expect(facts["runpath"]?.contains("$ORIGIN") == true)
        #expect(inspection.conclusion.hasPrefix("This host can load libLocalYAML.so"))
    }

    @Test func `whoever else may write the file is told with the field`() throws {
        let folder = try ModuleFolder()
        try folder.write([1], as: "LocalYAML")
        try folder.setMode(0o777, of: "libLocalYAML.so")
        let inspection = ModuleInspector().inspect(folder.path + "/libLocalYAML.so")
        #expect(inspection.facts.map(\.name) == ["owner", "mode"])
        #expect(inspection.facts.last?.verdict == .refused)
    }
}
