/// Something that happened while a target works: the only output until the outcome.
public struct DeploymentEvent: Sendable, Hashable, Codable {
    /// What kind of event. New kinds may come; an unknown one is shown by its text alone.
    public struct Kind: RawRepresentable, Sendable, Hashable, Codable {
        /// The kind as it is written in JSON.
        public let rawValue: String
        /// A kind by its text, also one that this version does not know.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The work entered another phase, told by `text`; `state` is one of `DeploymentPhase`, if it is one of those.
        public static let phase = Kind(rawValue: "phase")
        /// A node is in another state, named by `state`.
        public static let nodeState = Kind(rawValue: "node-state")
        /// Something was decided for the user.
        public static let information = Kind(rawValue: "information")
        /// Something is not as it should be, and the work goes on.
        public static let warning = Kind(rawValue: "warning")
        /// There is a page to open, at `url`.
        public static let link = Kind(rawValue: "link")
    }

    /// What kind of event this is.
    public var kind: Kind
    /// The node it speaks of, by its name in the plan.
    public var node: String?
    /// The node's new state, for events of the kind `nodeState`: `pending`, `progressing`, `warning`, `ready`, `running`
    /// or `failed`. The phase, for events of the kind `phase`.
    public var state: String?
    /// What happened, for people.
    public var text: String
    /// What the user can do about it.
    public var remedy: String?
    /// The last lines that a failed container printed, if it is known to have failed.
    public var logs: [String]?
    /// The page to open, for events of the kind `link`.
    public var url: String?

    /// Takes over the parts as they are.
    public init(
        _ kind: Kind,
        node: String? = nil,
        state: String? = nil,
        text: String,
        remedy: String? = nil,
        logs: [String]? = nil,
        url: String? = nil
    ) {
        self.kind = kind
        self.node = node
        self.state = state
        self.text = text
        self.remedy = remedy
        self.logs = logs
        self.url = url
    }

    /// The work entered a phase.
    public init(_ phase: DeploymentPhase, text: String) {
        self.init(.phase, state: phase.rawValue, text: text)
    }
}
