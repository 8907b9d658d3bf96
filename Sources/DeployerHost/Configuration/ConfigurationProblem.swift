internal import Documents

/// Something in the configuration that cannot be used: which key, what is wrong, and where it is written.
public struct ConfigurationProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// The key as it is written, for instance `targets[0].module`; empty for the file itself.
    public var key: String
    /// What is wrong and what to do, as a phrase that follows the key.
    public var text: String
    /// The file and place, or the environment variable that set the value; nil for defaults.
    public var origin: String?
    /// The way to the key, which the printed key does not always tell: keys may hold dots and brackets.
    let path: DocumentPath

    init(at path: DocumentPath, text: String, origin: String? = nil) {
        key = "\(path)"
        self.text = text
        self.origin = origin
        self.path = path
    }

    /// - Parameter key: a key that this host knows, for instance `jwt.key`; empty for the file itself.
    init(key: String, text: String, origin: String? = nil) {
        self.init(at: DocumentPath(key.split(separator: ".").map { .key(String($0)) }), text: text, origin: origin)
    }

    /// Place, key and text, as one line.
    public var description: String {
        let place = origin.map { "\($0): " } ?? ""
        return key.isEmpty ? "\(place)\(text)" : "\(place)\(key) \(text)"
    }
}

/// Everything that is wrong with a configuration.
public struct ConfigurationProblems: Error, Sendable, Hashable, CustomStringConvertible {
    /// The problems in the order in which they were found.
    public var problems: [ConfigurationProblem]

    /// One line for each problem.
    public var description: String { problems.map(\.description).joined(separator: "\n") }

    /// The same problems with the places that the configuration knows for their keys.
    func located(in configuration: Configuration) -> ConfigurationProblems {
        ConfigurationProblems(
            problems: problems.map { problem in
                var problem = problem
                problem.origin = problem.origin ?? configuration.origin(problem.path)
                return problem
            }
        )
    }
}
