import ArgumentParser
import DeployerHost
import Documents
import TargetChecks
import TargetContract

/// What a target is tried out with. Its settings are those of the configuration, and those that are given here.
struct ConformanceArguments: ParsableArguments {
    @OptionGroup var options: TargetOptionArguments

    @Option(
        name: .customLong("setting"),
        help: ArgumentHelp(
            "A setting of the target, instead of the configuration's.",
            discussion: "The value is YAML, for instance a number or [a, b]; name=@FILE takes it from a file.",
            valueName: "name=value"
        )
    )
    var settings: [String] = []

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
        !options.pairs.isEmpty || !settings.isEmpty || environment != nil || nodeImage != nil
            || orchestratorImage != nil
    }

    /// Loads the module in a process of its own, tries its target out, and prints each check when it is done.
    /// - Throws: `InputError` for a module that is not loaded, `NegativeResult` where a check failed.
    func run(
        _ reference: ModuleReference, at file: String, _ configuration: Configuration, json: Bool
    ) async throws {
        var reference = reference
        reference.settings = TargetSettings(try values(over: reference.settings.values))
        let trial: ModuleTrial
        do {
            trial = try await ModuleTrial(
                of: reference, at: file, allowedNetworks: configuration.network.allow.map { "\($0)" })
        } catch let error as ModuleProblems {
            throw InputError(description: "\(error)")
        }
        let report = try await trial.run(
            options: try options.values(for: trial.manifest),
            environment: environment ?? .ready,
            nodeImage: nodeImage ?? ConformanceInput().nodeImage,
            orchestratorImage: orchestratorImage ?? configuration.orchestratorImage
        ) { check in
            if !json { Terminal.print("\(check)") }
        }
        if json {
            Terminal.print(data: JSONReport(try Document(encoding: report)).bytes)
        } else {
            Terminal.print(report.conclusion)
        }
        if !report.isPassed { throw NegativeResult(description: report.conclusion) }
    }

    /// The settings of the configuration with those that are given.
    private func values(over configured: DocumentObject) throws -> DocumentObject {
        try settings.reduce(into: configured) { values, pair in
            let argument = try OptionArgument(pair, after: "--setting")
            do {
                values[argument.name] = try YAMLText(yaml: argument.value(keepingLineEnd: true)).value
            } catch let error as DocumentError {
                throw InputError(description: "--setting \(argument.name): \(error). Write YAML.")
            }
        }
    }

    /// Refuses pairs without `=`.
    func validate() throws { for pair in settings { _ = try OptionArgument(pair, after: "--setting") } }

    private static func environment(_ text: String) throws -> ConformanceInput.Environment {
        guard let environment = ConformanceInput.Environment(rawValue: text) else {
            throw ValidationError("an environment is ready or unreachable")
        }
        return environment
    }
}
