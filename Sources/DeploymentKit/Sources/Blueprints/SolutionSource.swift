/// Everything the catalogue knows of a solution that a deployment needs, fetched before anything is planned.
public struct SolutionSource: Sendable, Hashable {
    /// Which solution this is.
    public var reference: SolutionReference
    /// The solution's name as its author wrote it.
    public var name: String
    /// The revision's version, for instance `1.0.0`.
    public var version: String
    /// What is to be deployed.
    public var content: Content
    /// What the catalogue had to decide, for instance between two images; shown to the modeller.
    public var remarks: [String]

    /// A pipeline, or a single model.
    @frozen
    public enum Content: Sendable, Hashable {
        /// A composite solution: the bytes of blueprint.json, and the texts of its protobuf files by `proto_uri`.
        case pipeline(blueprint: [UInt8], protos: [String: String])
        /// A single model: its image reference, and its protobuf file where one was published.
        case model(image: String, proto: ProtoFile?)
    }

    /// Takes over the parts as they are.
    public init(
        reference: SolutionReference,
        name: String,
        version: String,
        content: Content,
        remarks: [String] = []
    ) {
        self.reference = reference
        self.name = name
        self.version = version
        self.content = content
        self.remarks = remarks
    }
}

/// A protobuf file: the name under which it travels, and its text.
public struct ProtoFile: Sendable, Hashable, Codable {
    /// The file's name, one path component.
    public var name: String
    /// The file's text.
    public var text: String

    /// Takes over the parts as they are.
    public init(name: String, text: String) {
        self.name = name
        self.text = text
    }
}
