import ArgumentParser
import DeployerHost
import Documents
import Glibc
import TargetContract

/// What commands take that list the values of an option.
struct ChoiceArguments: ParsableArguments {
    @OptionGroup var common: CommonOptions
    @OptionGroup var options: TargetOptionArguments
    @OptionGroup var cloud: CloudArguments

    @Option(name: .long, help: "The target.")
    var target: String

    @Flag(name: .long, help: "Prints JSON.")
    var json = false
}

extension ChoiceArguments {
    /// Asks the target, and prints what it says: on a terminal as a table, otherwise a line for each value with tabs
    /// between value, label, `available` or `unavailable`, and what tells it from the others.
    /// - Throws: `TargetError`, `OptionProblems`, `InputError`, `FileError`.
    func printChoices(for option: String) async throws {
        let (configuration, defaults) = try cloud.listing(
            in: common.load(),
            target: target,
            given: options.names,
            isNeeded: true
        )
        let operations = DeploymentOperations(configuration: configuration, log: CommonOptions.log)
        let given = defaults.merging(try options.values(for: operations.manifest(of: target))) { $1 }
        let choices = try await Interruption.cancelling { [target] in
            try await operations.choices(for: option, targetID: target, options: given)
        }
        if json { return Terminal.print(data: JSONReport(["choices": try Document(encoding: choices)]).bytes) }
        let rows = choices.map { choice in
            [
                choice.value, choice.label, choice.isAvailable ? "available" : "unavailable", choice.help ?? "",
            ].map(EventLine.oneLine)
        }
        let isTable = isatty(STDOUT_FILENO) == 1
        for line in isTable ? AlignedText.lines(rows) : rows.map({ $0.joined(separator: "\t") }) {
            Terminal.print(line)
        }
        if choices.isEmpty { Terminal.say("There are none.") }
    }
}
