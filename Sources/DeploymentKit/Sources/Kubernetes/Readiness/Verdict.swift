/// What an object's state means for a deployment.
public struct Verdict: Sendable, Hashable {
    /// How an object stands.
    @frozen public enum State: Sendable, Hashable {
        case ready
        /// Under way, as it should be.
        case progressing
        /// Wrong, but it may heal: shown, and waited for until the deadline.
        case warning
        /// It will not heal by itself.
        case failed
    }

    /// How the object stands.
    public var state: State
    /// Why, in short and without a full stop, with the cluster's own words.
    public var reason: String
    /// What the reader can do, without a full stop; nil where there is nothing to do.
    public var remedy: String?
    /// Whose last log lines would explain it; nil where logs say nothing about it.
    public var logs: LogSource?

    /// Takes over the parts as they are.
    public init(_ state: State, _ reason: String, remedy: String? = nil, logs: LogSource? = nil) {
        self.state = state
        self.reason = reason
        self.remedy = remedy
        self.logs = logs
    }

    /// Whether the last log lines would explain the state.
    public var needsLogs: Bool { logs != nil }

    /// The verdict once the deadline has passed: what is not ready has failed, for the reason it had.
    public var atDeadline: Verdict {
        var verdict = self
        if state != .ready { verdict.state = .failed }
        return verdict
    }
}

/// A container whose log explains a verdict.
public struct LogSource: Sendable, Hashable {
    /// The name of the pod.
    public var pod: String
    /// The name of the container in it.
    public var container: String
    /// Whether the lines of the run before are meant, as the container has been started again.
    public var isPrevious: Bool

    /// Takes over the parts as they are.
    public init(pod: String, container: String, isPrevious: Bool) {
        self.pod = pod
        self.container = container
        self.isPrevious = isPrevious
    }
}

extension Verdict.State {
    /// The worse, the higher.
    var severity: Int {
        switch self {
        case .ready: 0
        case .progressing: 1
        case .warning: 2
        case .failed: 3
        }
    }
}

extension Collection<Verdict> {
    /// The first of the worst.
    var worst: Verdict? {
        reduce(nil) { worst, verdict in
            guard let worst else { return verdict }
            return verdict.state.severity > worst.state.severity ? verdict : worst
        }
    }
}
