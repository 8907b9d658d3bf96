import Blueprints
import ContractVersions
import Passes
import TargetContract
import Testing

@testable import DeployerHost

/// What `Documentation/Compatibility.md` promises: a module of an earlier contract works in a host that still lists it.
@Suite struct CompatibilityTests {
    private static let today = ContractVersion(number: 2, interface: ContractVersion.current.interface)

    private func load(_ module: [UInt8], contracts: [ContractVersion]) throws -> LoadedModules {
        let folder = try ModuleFolder()
        try folder.write(module, as: "Earlier")
        var expectations = ModuleExpectations()
        expectations.contracts = contracts
        return folder.loader(expecting: expectations).load([ModuleReference(module: "Earlier")])
    }

    @Test func `a module built before the additions of today loads, and does what it could`() async throws {
        let kit = try EarlierKit()
        #expect(kit.unknown == [], "the interface has changed: name these additions as it writes them now")
        let modules = try load(kit.build("WellBehaved"), contracts: [kit.contract, Self.today])
        #expect(modules.rejected.map(\.sentence) == [])
        let target = try #require(modules.targets.first)
        #expect(target.contract == 1)
        // Members that the module does not know of have their defaults.
        #expect(target.manifest.options.map(\.hasChoices) == [false])
        #expect(!target.can(.suggesting))
        // The module has no `passes(after:)`; the kit's default answers for it.
        let reference = try #require(SolutionReference("solution/revision"))
        let content = SolutionSource.Content.model(image: "registry.example/model:1", proto: nil)
        let source = SolutionSource(reference: reference, name: "Pear", version: "1", content: content)
        let plan = try await target.hosted.plan(source, orchestratorImage: "registry.example/orchestrator:1")
        #expect(plan.nodes.map(\.image) == ["registry.example/model:1"])
        let options = try OptionValues([:], for: target.manifest.options)
        #expect(try await target.hosted.render(plan, options: options).map(\.path) == ["name.txt"])
        await #expect(throws: TargetError.self) {
            _ = try await target.hosted.deploy(plan, options: options) { _ in }
        }
    }

    @Test func `a host that no longer lists its contract refuses it`() throws {
        let kit = try EarlierKit()
        let modules = try load(kit.build("WellBehaved"), contracts: [Self.today])
        #expect(modules.targets.isEmpty)
        let sentence = try #require(modules.rejected.first?.sentence)
        #expect(sentence.contains("was built for contract 1, this host needs 2"))
    }

    @Test(arguments: [
        "import TargetContract\nfunc probe(_ target: any Suggesting) {}",
        "import TargetContract\nfunc probe(_ services: TargetServices) { _ = services.allowedNetworks }",
        "import TargetContract\nlet probe = DeploymentEvent.Kind.link",
    ])
    func `the earlier kit lacks what came later`(source: String) throws {
        let kit = try EarlierKit()
        #expect(try !kit.accepts(source))
        #expect(try kit.accepts("import TargetContract\nlet probe = DeploymentEvent.Kind.phase"))
    }
}
