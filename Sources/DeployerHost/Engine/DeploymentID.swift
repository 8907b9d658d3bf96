internal import FoundationEssentials

/// Ids of deployments: UUIDs in lower case.
enum DeploymentID {
    /// A new one.
    static func make() -> String { UUID().uuidString.lowercased() }

    /// Whether a text is such an id.
    static func isValid(_ text: String) -> Bool { UUID(uuidString: text)?.uuidString.lowercased() == text }
}
