import ArgumentParser
import DeployerHost
import Documents
import TargetChecks
import TargetContract

/// What a target is tried out with. Its settings are those of the configuration.
struct ConformanceArguments: ParsableArguments {
    @OptionGroup var options: TargetOptionArguments

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Whether the options lead to an environment: ready or unreachable.",
            discussion: """
                With ready, solutions of the suite are deployed and taken away again; {solution} in a value stands for \
                their names. With unreachable, for instance a port that nobody listens on, they must be refused.
                """,
            valueName: "environment"
        ),
        transform: Self.environment
    )
    var environment: ConformanceInput.Environment?

    @Option(name: .long, help: "The image of the nodes that are deployed.")
    var nodeImage: String?

    @Option(name: .long, help: "The image of the orchestrator, instead of the configured one.")
    var orchestratorImage: String?

    /// Whether there is something that only the trial needs.
    var isGiven: Bool {
        !options.pairs.isEmpty || environment != nil || nodeImage != nil || orchestratorImage != nil
    }

    /// Loads the module, tries its target out, and prints a line for each check when it is done.
    /// - Throws: `InputError` for a module that is not loaded, `NegativeResult` where a check failed.
    func run(
        _ reference: ModuleReference, at file: String, _ configuration: Configuration, json: Bool
    ) async throws {
        let loader = ModuleLoader(searchPath: .ofThisProcess()) { _ in TargetServices { _, _ in } }
        let factory: TargetFactory
        do {
            factory = try loader.factory(file: file, as: reference)
        } catch {
            throw InputError(description: "\(error)")
        }
        let input = try input(for: factory.manifest, reference.settings, configuration)
        let report = await Conformance.run(factory, with: input) { check in
            if !json { Terminal.print("\(check)") }
        }
        if json {
            Terminal.print(data: JSONReport(try Document(encoding: report)).bytes)
        } else {
            Terminal.print(report.conclusion)
        }
        if !report.isPassed { throw NegativeResult(description: report.conclusion) }
    }

    private func input(
        for manifest: TargetManifest, _ settings: TargetSettings, _ configuration: Configuration
    ) throws -> ConformanceInput {
        var input = ConformanceInput(
            settings: settings,
            options: try options.values(for: manifest),
            environment: environment ?? .ready
        )
        input.allowedNetworks = configuration.network.allow.map { "\($0)" }
        if let nodeImage { input.nodeImage = nodeImage }
        input.orchestratorImage = orchestratorImage ?? configuration.orchestratorImage
        return input
    }

    private static func environment(_ text: String) throws -> ConformanceInput.Environment {
        guard let environment = ConformanceInput.Environment(rawValue: text) else {
            throw ValidationError("an environment is ready or unreachable")
        }
        return environment
    }
}
