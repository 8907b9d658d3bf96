/// What a finished deployment leaves.
public struct DeploymentOutcome: Sendable {
    /// What became of the solution.
    @frozen
    public enum State: String, Sendable, Codable {
        /// The solution runs in the environment.
        case running
        /// The target handed something over and has nothing to watch.
        case completed
    }

    /// What became of it.
    public var state: State
    /// Something to download.
    public var artifact: Artifact?
    /// Pages to open.
    public var links: [Link]

    /// A file made for the user.
    public struct Artifact: Sendable, Hashable {
        /// The name to save it by, one path component.
        public var fileName: String
        /// For instance `application/zip`.
        public var mediaType: String
        /// The file's content.
        public var bytes: [UInt8]

        /// Takes over the parts as they are.
        public init(fileName: String, mediaType: String, bytes: [UInt8]) {
            self.fileName = fileName
            self.mediaType = mediaType
            self.bytes = bytes
        }
    }

    /// A page the user can open.
    public struct Link: Sendable, Hashable, Codable {
        /// What the page is, for people.
        public var title: String
        /// http or https only.
        public var url: String

        /// Takes over the parts as they are.
        public init(title: String, url: String) {
            self.title = title
            self.url = url
        }
    }

    /// Takes over the parts as they are.
    public init(state: State, artifact: Artifact? = nil, links: [Link] = []) {
        self.state = state
        self.artifact = artifact
        self.links = links
    }
}
