public import Secrets

/// Checked values for the options of a manifest; defaults are filled in.
public struct OptionValues: Sendable {
    private let values: [String: String]
    private let secrets: [String: SecretBytes]

    /// Checks what a user gave against a target's options and collects everything that is wrong.
    /// - Throws: `OptionProblems`.
    public init(_ given: [String: String], for options: [TargetOption]) throws(OptionProblems) {
        var problems: [OptionProblems.Problem] = []
        var values: [String: String] = [:]
        var secrets: [String: SecretBytes] = [:]
        for name in given.keys.sorted() where !options.contains(where: { $0.name == name }) {
            let known = options.map(\.name).joined(separator: ", ")
            problems.append(
                .init(option: name, text: known.isEmpty ? "this target has no options" : "unknown; there are \(known)"))
        }
        for option in options {
            guard let value = given[option.name].flatMap({ $0.isEmpty ? nil : $0 }) ?? option.defaultValue else {
                if option.isRequired { problems.append(.init(option: option.name, text: "a value is required")) }
                continue
            }
            if let problem = option.problem(with: value) {
                problems.append(.init(option: option.name, text: problem))
            } else if option.isSecret {
                secrets[option.name] = SecretBytes(value)
            } else {
                values[option.name] = value
            }
        }
        guard problems.isEmpty else { throw OptionProblems(problems: problems) }
        self.values = values
        self.secrets = secrets
    }

    /// The value of an option that is not secret; nil where none was given and there is no default.
    public func text(_ name: String) -> String? { values[name] }
    /// The value of an option of the kind `integer`; nil where there is none.
    public func integer(_ name: String) -> Int? { values[name].flatMap { Int($0) } }
    /// Whether an option of the kind `boolean` is on; false where there is no value.
    public func boolean(_ name: String) -> Bool { values[name] == "true" }
    /// The value of a secret option.
    public func secret(_ name: String) -> SecretBytes? { secrets[name] }
}

/// Everything that is wrong with the options a user gave.
public struct OptionProblems: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong with one option.
    public struct Problem: Sendable, Hashable, Codable {
        /// The option's name.
        public var option: String
        /// What is wrong, as a phrase that follows the name.
        public var text: String

        /// Takes over the parts as they are.
        public init(option: String, text: String) {
            self.option = option
            self.text = text
        }
    }

    /// One for each option that is wrong.
    public var problems: [Problem]

    /// Takes over the parts as they are.
    public init(problems: [Problem]) { self.problems = problems }

    /// All problems, for people.
    public var description: String {
        problems.map { "option \($0.option): \($0.text)" }.joined(separator: "; ")
    }
}
