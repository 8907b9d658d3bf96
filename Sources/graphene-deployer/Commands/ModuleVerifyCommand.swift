import ArgumentParser
import DeployerHost
import Documents
import TargetContract

/// `graphene-deployer module verify FILE.so`
struct ModuleVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Explains whether this host would load a module, and why not, without running it."
    )

    @OptionGroup var common: CommonOptions

    @Argument(help: ArgumentHelp("The module.", valueName: "file.so"))
    var file: String

    @Flag(name: .long, help: "Loads the module too, in a process of its own, once all checks have passed.")
    var load = false

    @Flag(name: .long, help: "Loads the module and tries out whether its target keeps the contract, with deployments.")
    var conformance = false

    @OptionGroup(title: "With --conformance") var trial: ConformanceArguments

    @Flag(name: .long, help: "Prints JSON.")
    var json = false

    func validate() throws {
        guard !conformance, trial.isGiven else { return }
        throw ValidationError(
            "--option, --setting, --environment and the images belong to --conformance; add it, or leave them out")
    }

    func run() async throws {
        let configuration = try common.load()
        let reference = configuration.reference(toModule: file)
        if conformance { return try await trial.run(reference, at: file, configuration, json: json) }
        let inspection = ModuleInspector().inspect(file, sha256: reference.sha256)
        if json {
            var report = try Document(encoding: inspection).object ?? [:]
            report["conclusion"] = .string(inspection.conclusion)
            Terminal.print(data: JSONReport(.object(report)).bytes)
        } else {
            for line in InspectionReport(inspection).lines { Terminal.print(line) }
            if inspection.isAcceptable { Terminal.print(inspection.conclusion) }
        }
        guard inspection.isAcceptable else {
            throw InputError(description: inspection.conclusion)
        }
        if load { try loadModule(reference) }
    }

    private func loadModule(_ reference: ModuleReference) throws {
        // In a process of its own, whose end would be told.
        var reference = reference
        reference.isolation = .process
        let loader = ModuleLoader(searchPath: .ofThisProcess()) { _ in
            TargetServices { _, text in Terminal.say(text) }
        }
        let modules = loader.load(file: file, as: reference)
        if let rejected = modules.rejected.first { throw InputError(description: rejected.sentence) }
        for target in modules.targets {
            Terminal.say("loaded \(target.manifest.id) \(target.manifest.version) under contract \(target.contract)")
        }
    }
}

extension Configuration {
    /// What the configuration says of the module in a file, if it names it: its digest and its settings.
    fileprivate func reference(toModule file: String) -> ModuleReference {
        let name = file.split(separator: "/").last ?? ""
        let target = targets.first { name == "lib\($0.module).so" }
        return ModuleReference(
            module: target?.module ?? file,
            sha256: target?.sha256,
            settings: target?.settings ?? TargetSettings()
        )
    }
}
