/// What is known of a module's file without running it.
public struct ModuleInspection: Sendable, Hashable, Codable {
    /// One property of the file, and what the host expects of it.
    public struct Fact: Sendable, Hashable, Codable {
        /// For instance `compiler`.
        public let name: String
        /// What the file has.
        public let found: String
        /// nil where anything goes.
        public let expected: String?
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

    mutating func add(_ name: String, _ found: String, expected: String? = nil) {
        facts.append(Fact(name: name, found: found, expected: expected))
    }
}
