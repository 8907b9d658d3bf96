/// What is known of a module's file without running it.
public struct ModuleInspection: Sendable, Hashable, Codable {
    /// One property of the file, what it means, and what the host expects of it.
    public struct Fact: Sendable, Hashable, Codable {
        /// What becomes of the property.
        public enum Verdict: String, Sendable, Codable {
            /// Anything goes.
            case noted
            /// As the host expects it.
            case expected
            /// Not as the host expects it: the module is refused.
            case refused
        }

        /// For instance `compiler`.
        public let name: String
        /// What the property is and why it matters, as a phrase.
        public let meaning: String
        /// What the file has.
        public let found: String
        /// nil where anything goes.
        public let expected: String?
        /// What becomes of it.
        public let verdict: Verdict
    }

    /// The path that was looked at.
    public let file: String
    /// What was found, in the order in which it is checked.
    public internal(set) var facts: [Fact] = []
    /// Why the host would refuse the module; those of one stage.
    public internal(set) var problems: [ModuleProblem] = []

    /// Whether the host would go on to `dlopen`.
    public var isAcceptable: Bool { problems.isEmpty }

    init(file: String) { self.file = file }

    /// A property that is expected to be just so, or to be there.
    mutating func add(_ name: ModuleProperty, _ found: String, expected: String? = nil) {
        add(name, found, expected: expected, isExpected: expected.map { $0 == found })
    }

    /// A property that follows a rule.
    mutating func add(_ name: ModuleProperty, _ found: String, expected: String?, isExpected: Bool?) {
        let verdict = isExpected.map { $0 ? Fact.Verdict.expected : .refused } ?? .noted
        let fact = Fact(
            name: name.rawValue, meaning: name.meaning, found: found, expected: expected, verdict: verdict)
        facts.append(fact)
    }

    /// Whether the host would load the module, as a sentence.
    public var conclusion: String {
        let name = ModuleFile.name(of: file)
        guard let problem = problems.first else {
            return
                "This host can load \(name); what its code says of itself is seen with --load, what it does with --conformance."
        }
        return "This host refuses \(name) at the stage \(problem.stage.rawValue): "
            + problems.map(\.sentence).joined(separator: "; ") + "."
    }
}
