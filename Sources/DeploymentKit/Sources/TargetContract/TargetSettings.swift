public import Documents

/// What the administrator wrote under `settings` of a target in the configuration file.
public struct TargetSettings: Sendable {
    /// An object; empty where nothing was written.
    public let values: DocumentObject

    /// Settings, empty if none are given.
    public init(_ values: DocumentObject = DocumentObject()) { self.values = values }

    /// The text at a key.
    /// - Throws: `TargetError` where something else stands there.
    public func text(_ key: String) throws(TargetError) -> String? {
        switch values[key] {
        case nil, .null: return nil
        case .string(let text): return text
        case .number(let number): return number.text
        case .some(let other):
            throw TargetError(
                .invalidSettings,
                what: "The setting \(key) is \(other.kindName)",
                why: "a string is expected",
                remedy: "Correct settings.\(key) of this target in the configuration file"
            )
        }
    }

    /// Refuses settings the target does not know, so that a misspelling is found at start.
    public func requireOnly(_ known: Set<String>) throws(TargetError) {
        guard let unknown = values.keys.first(where: { !known.contains($0) }) else { return }
        let list = known.sorted().joined(separator: ", ")
        throw TargetError(
            .invalidSettings,
            what: "The setting \(unknown) is unknown",
            why: known.isEmpty ? "this target has no settings" : "this target knows \(list)",
            remedy: "Correct or remove settings.\(unknown) of this target in the configuration file"
        )
    }
}

/// What the host does for its targets.
public struct TargetServices: Sendable {
    /// Writes a line to the host's log. Secrets and tokens do not belong there.
    public let log: @Sendable (LogLevel, String) -> Void
    /// Ranges (CIDR) of private networks that calls to addresses from users may reach, as the administrator allows
    /// them in `network.allow`.
    public let allowedNetworks: [String]

    /// How much a line of the log matters.
    @frozen
    public enum LogLevel: String, Sendable {
        case debug, info, warning, error
    }

    /// Takes over the parts as they are.
    public init(allowedNetworks: [String] = [], log: @escaping @Sendable (LogLevel, String) -> Void) {
        self.allowedNetworks = allowedNetworks
        self.log = log
    }
}
