/// What a target says of itself.
public struct TargetManifest: Sendable, Hashable, Codable {
    /// A DNS-1035 label, unique among the modules of a host; part of URLs and commands.
    public var id: String
    /// For people: `Solution package`.
    public var name: String
    /// One sentence: what happens when somebody deploys here.
    public var summary: String
    /// The module's own version, for instance `1.2.0`.
    public var version: String
    /// Versioned strings such as `rendering/v1`, for clients that choose among targets.
    public var capabilities: [String]
    /// What users are asked for, in the order of the form.
    public var options: [TargetOption]

    /// Takes over the parts as they are.
    public init(
        id: String,
        name: String,
        summary: String,
        version: String,
        capabilities: [String] = [],
        options: [TargetOption] = []
    ) {
        self.id = id
        self.name = name
        self.summary = summary
        self.version = version
        self.capabilities = capabilities
        self.options = options
    }
}
