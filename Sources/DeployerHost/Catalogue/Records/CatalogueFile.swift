/// A file of a solution that is to be read: where it is, whose it is, and how messages call it.
struct CatalogueFile: Hashable {
    /// The path below the repository's root, as recorded.
    let uri: String
    /// The node it belongs to; nil for the solution's own files.
    let node: String?
    /// `the blueprint BluePrint-1`, `the protobuf file of node "a"`.
    let noun: String
    /// The most bytes that are read.
    let limit: Int
    /// The parts of the path, not encoded.
    let segments: [String]

    static let blueprintLimit = 4 << 20
    static let protoLimit = 1 << 20

    /// The path is data out of a record: it must stay below the repository's root, whatever it says.
    /// - Throws: `invalidData` for an empty path, an absolute one, a URL, empty parts, `.` and `..`.
    private init(uri: String, node: String?, noun: String, limit: Int) throws(CatalogueError) {
        let segments = uri.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        self.uri = uri
        self.node = node
        self.noun = noun
        self.limit = limit
        self.segments = segments
        guard let problem = Self.problem(uri, segments) else { return }
        throw .invalid(node: node, what: "The path of \(noun) can't be used", why: problem)
    }

    /// The blueprint of a pipeline.
    static func blueprint(_ artifact: ArtifactRecord) throws(CatalogueError) -> CatalogueFile {
        try CatalogueFile(
            uri: artifact.uri,
            node: nil,
            noun: "the blueprint (artifact \(quoted(artifact.name)))",
            limit: blueprintLimit
        )
    }

    /// The protobuf file of a single model.
    static func proto(_ artifact: ArtifactRecord) throws(CatalogueError) -> CatalogueFile {
        try CatalogueFile(
            uri: artifact.uri,
            node: nil,
            noun: "the model's protobuf file (artifact \(quoted(artifact.name)))",
            limit: protoLimit
        )
    }

    /// The protobuf file that a node of a blueprint names.
    static func proto(uri: String, node: String) throws(CatalogueError) -> CatalogueFile {
        try CatalogueFile(
            uri: uri,
            node: node,
            noun: "the protobuf file (proto_uri) of node \(quoted(node))",
            limit: protoLimit
        )
    }

    private static func problem(_ uri: String, _ segments: [String]) -> String? {
        if uri.isEmpty { return "it is empty" }
        if uri.utf8.count > 2_048 { return "it is longer than 2048 bytes" }
        if uri.contains("://") { return "\(quoted(uri)) is a URL, not a path in the repository" }
        if uri.hasPrefix("/") { return "\(quoted(uri)) is absolute" }
        if uri.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) || uri.contains("\\") {
            return "\(quoted(uri)) holds a backslash or control characters"
        }
        if segments.contains(where: \.isEmpty) { return "\(quoted(uri)) has an empty part" }
        if segments.contains(".") || segments.contains("..") { return "\(quoted(uri)) leads upwards" }
        return nil
    }
}

extension CatalogueFile {
    func missing() -> CatalogueError {
        CatalogueError(
            .missingFile,
            node: node,
            what: sentence("is missing"),
            why: "the repository has no file \(quoted(uri))",
            remedy: "Publish the model or validate the pipeline again; if that does not help, ask the operator"
        )
    }

    func tooLarge() -> CatalogueError {
        .invalid(node: node, what: sentence("can't be used"), why: "it is larger than \(limit) bytes")
    }

    /// `The blueprint … is missing`.
    func sentence(_ predicate: String) -> String { noun.prefix(1).uppercased() + noun.dropFirst() + " " + predicate }

    /// The file's text.
    /// - Throws: `invalidData` unless it is UTF-8 and has the `syntax` line of a protobuf file.
    func protoText(_ bytes: [UInt8]) throws(CatalogueError) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw .invalid(node: node, what: sentence("can't be used"), why: "it is not UTF-8 text")
        }
        let hasSyntax = text.split(whereSeparator: \.isNewline).contains { line in
            line.drop { $0.isWhitespace || $0 == "\u{FEFF}" }.hasPrefix("syntax")
        }
        guard hasSyntax else {
            let why = looksLikeHTML(bytes) ? "the repository sent a web page in its place" : "it has no syntax line"
            throw .invalid(node: node, what: sentence("is no protobuf file"), why: why)
        }
        return text
    }
}

/// Whether it is a page for people, for instance a login page in place of a file.
func looksLikeHTML(_ bytes: [UInt8]) -> Bool {
    let start = String(decoding: bytes.prefix(256), as: UTF8.self).lowercased().drop(while: \.isWhitespace)
    return start.hasPrefix("<!doctype") || start.hasPrefix("<html")
}
