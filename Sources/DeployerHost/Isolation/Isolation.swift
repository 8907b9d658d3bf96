/// Where the code of a module runs.
public enum Isolation: String, Sendable, Hashable, Codable, CaseIterable {
    /// In the host's own process: quick, and a trap in it ends the host.
    case host
    /// In processes of its own: a trap in it costs one deployment.
    case process

    /// How much memory of its own a process of a module may have, in bytes, where nobody says otherwise.
    public static let defaultMemory = 512 << 20
}
