import ArgumentParser
import TargetContract

/// `name=value` pairs for a target's options.
struct TargetOptionArguments: ParsableArguments {
    @Option(
        name: .customLong("option"),
        help: ArgumentHelp(
            "A value for an option of the target.",
            discussion: """
                name=@FILE takes the value from a file, name=@- from standard input, name=@@text stands for @text. \
                Secrets belong into files: other users of the machine can read the command line.
                """,
            valueName: "name=value"
        )
    )
    var pairs: [String] = []

    /// Refuses pairs without `=`, names given twice and a second use of standard input.
    func validate() throws {
        var names: Set<String> = []
        var readsInput = false
        for pair in pairs {
            let argument = try OptionArgument(pair)
            guard names.insert(argument.name).inserted else {
                throw ValidationError("--option \(argument.name) is given twice")
            }
            guard argument.source == .file("-") else { continue }
            if readsInput { throw ValidationError("only one --option can read standard input (@-)") }
            readsInput = true
        }
    }

    /// The names of those that are given.
    var names: Set<String> {
        get throws { Set(try pairs.map { try OptionArgument($0).name }) }
    }

    /// Whether one of them reads standard input.
    var readsInput: Bool {
        get throws { try pairs.contains { try OptionArgument($0).source == .file("-") } }
    }

    /// The values by name, read from where they are.
    /// - Parameter manifest: of the target they are for; says which of them are secret.
    /// - Throws: `FileError` and `InputError` for files that cannot be used.
    func values(for manifest: TargetManifest) throws -> [String: String] { try values(for: manifest.options) }

    /// The values by name, read from where they are.
    /// - Parameter options: those of the target, as far as they are known.
    func values(for options: [TargetOption]) throws -> [String: String] {
        try pairs.reduce(into: [:]) { values, pair in
            let argument = try OptionArgument(pair)
            let option = options.first { $0.name == argument.name }
            if option?.isSecret == true, argument.isLiteral {
                Terminal.say(
                    "warning: the value of --option \(argument.name) is visible to other users of this machine in "
                        + "the process list; use \(argument.name)=@FILE"
                )
            }
            values[argument.name] = try argument.value(keepingLineEnd: option?.kind == .document)
        }
    }
}
