import ArgumentParser
import Blueprints

/// `SOLUTIONID/REVISIONID` on the command line.
struct SolutionArgument: ExpressibleByArgument {
    let reference: SolutionReference

    init?(argument: String) {
        guard let reference = SolutionReference(argument) else { return nil }
        self.reference = reference
    }
}

/// `name=value` pairs for a target's options; `name=@FILE` and `name=@-` read the value from elsewhere.
struct TargetOptionArguments: ParsableArguments {
    @Option(
        name: .customLong("option"),
        help: ArgumentHelp(
            "A value for an option of the target; @FILE and @- (standard input) are read.", valueName: "name=value")
    )
    var pairs: [String] = []

    /// The values by name.
    /// - Throws: `ValidationError` for a pair without `=` and for a name given twice.
    func values() throws -> [String: String] {
        try pairs.reduce(into: [:]) { values, pair in
            guard let separator = pair.firstIndex(of: "=") else {
                throw ValidationError("--option takes name=value, not \(pair)")
            }
            let name = String(pair[..<separator])
            let value = try OptionText.read(String(pair[pair.index(after: separator)...]), option: name)
            guard values.updateValue(value, forKey: name) == nil else {
                throw ValidationError("--option \(name) is given twice")
            }
        }
    }
}
