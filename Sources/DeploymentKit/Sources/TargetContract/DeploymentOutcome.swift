/// What a finished deployment leaves.
public struct DeploymentOutcome: Sendable {
    @frozen
    public enum State: String, Sendable, Codable {
        /// The solution runs in the environment.
        case running
        /// The target handed something over and has nothing to watch.
        case completed
    }

    public var state: State
    /// Something to download.
    public var artifact: Artifact?
    public var links: [Link]

    /// A file made for the user.
    public struct Artifact: Sendable, Hashable {
        public var fileName: String
        /// For instance `application/zip`.
        public var mediaType: String
        public var bytes: [UInt8]

        public init(fileName: String, mediaType: String, bytes: [UInt8]) {
            self.fileName = fileName
            self.mediaType = mediaType
            self.bytes = bytes
        }
    }

    /// A page the user can open.
    public struct Link: Sendable, Hashable, Codable {
        public var title: String
        /// http or https only.
        public var url: String

        public init(title: String, url: String) {
            self.title = title
            self.url = url
        }
    }

    public init(state: State, artifact: Artifact? = nil, links: [Link] = []) {
        self.state = state
        self.artifact = artifact
        self.links = links
    }
}
