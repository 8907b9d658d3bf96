/// How an object is, and why.
public struct Verdict: Sendable, Hashable {
    @frozen
    public enum State: String, Sendable, Codable {
        case ready
        /// On its way.
        case progressing
        /// Something is wrong that may heal by itself.
        case warning
        /// Will not heal by itself.
        case failed
    }

    public var state: State
    /// Why, in the cluster's own words where it has any; a phrase without a full stop.
    public var reason: String
    /// What to do, as a sentence without a full stop; nil where there is nothing to do.
    public var remedy: String?
    /// The pod whose last log lines explain it; nil where logs do not help.
    public var loggingPod: String?

    public init(_ state: State, _ reason: String, remedy: String? = nil, loggingPod: String? = nil) {
        self.state = state
        self.reason = reason
        self.remedy = remedy
        self.loggingPod = loggingPod
    }
}
