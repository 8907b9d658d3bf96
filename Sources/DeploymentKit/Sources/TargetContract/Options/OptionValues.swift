public import Secrets

/// Checked values for the options of a manifest; defaults are filled in.
public struct OptionValues: Sendable {
    private let values: [String: String]
    private let secrets: [String: SecretBytes]
    private var observer: (@Sendable (OptionReading) -> Void)?

    /// Checks what a user gave against a target's options and collects everything that is wrong.
    ///
    /// Options with a condition (`TargetOption.appliesWhen`) count only while it holds; otherwise they have no value
    /// here, and what was given for them is set aside, as forms send all their fields. Where the option that decides
    /// is not given itself, the values for those that depend on it tell what it is.
    /// - Throws: `OptionProblems`.
    public init(_ given: [String: String], for options: [TargetOption]) throws(OptionProblems) {
        try self.init(given, for: options, isComplete: true)
    }

    /// Checks what a user has given so far; what is required may still be missing.
    /// - Throws: `OptionProblems` for unknown names and for values that cannot be used.
    public init(partial given: [String: String], for options: [TargetOption]) throws(OptionProblems) {
        try self.init(given, for: options, isComplete: false)
    }

    private init(
        _ given: [String: String],
        for options: [TargetOption],
        isComplete: Bool
    ) throws(OptionProblems) {
        var problems = Self.unknown(given, options)
        let selection = OptionSelection(given, of: options)
        problems += selection.problems
        var values: [String: String] = [:]
        var secrets: [String: SecretBytes] = [:]
        for option in selection.applying {
            guard let value = selection.values[option.name] else {
                if option.isRequired, isComplete {
                    let whose = option.userAttribute.map { ": the \($0.rawValue) of the user it is done for" } ?? ""
                    problems.append(.init(option: option.name, text: "a value is required\(whose)"))
                }
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

    private static func unknown(_ given: [String: String], _ options: [TargetOption]) -> [OptionProblems.Problem] {
        let known = options.map(\.name)
        let text = known.isEmpty ? "this target has no options" : "unknown; there are \(known.joined(separator: ", "))"
        return given.keys.sorted().filter { !known.contains($0) }.map { .init(option: $0, text: text) }
    }

    /// The same values, and an observer that is told of every value that is asked for: how tests see which options a
    /// target knows.
    public func observed(by observer: @escaping @Sendable (OptionReading) -> Void) -> OptionValues {
        var values = self
        values.observer = observer
        return values
    }

    /// The value of an option that is not secret; nil where none was given and there is no default.
    public func text(_ name: String) -> String? { value(name, as: .text) }
    /// The value of an option of the kind `integer`; nil where there is none.
    public func integer(_ name: String) -> Int? { value(name, as: .integer).flatMap { Int($0) } }
    /// Whether an option of the kind `boolean` is on; false where there is no value.
    public func boolean(_ name: String) -> Bool { value(name, as: .boolean) == "true" }
    /// The value of a secret option.
    public func secret(_ name: String) -> SecretBytes? {
        observer?(OptionReading(option: name, form: .secret))
        return secrets[name]
    }
    /// The names of the secret options that have a value.
    public var secretNames: Set<String> { Set(secrets.keys) }

    private func value(_ name: String, as form: OptionReading.Form) -> String? {
        observer?(OptionReading(option: name, form: form))
        return values[name]
    }
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
