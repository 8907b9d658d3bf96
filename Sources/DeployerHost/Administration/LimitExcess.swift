internal import TargetContract

/// Something that is beyond a limit of a target.
public struct LimitExcess: Sendable, Hashable {
    /// The key of the limit below `limits`: `nodes`, `registries` or `namespaces`.
    public var limit: String
    /// The node that is meant, as its author named it; nil where the whole solution is.
    public var node: String?
    /// What is beyond the limit, as a sentence without a full stop.
    public var what: String
    /// The value and the limit, as a phrase.
    public var why: String
    /// What to do, as a sentence without a full stop.
    public var remedy: String

    init(limit: String, node: String? = nil, what: String, why: String, remedy: String) {
        self.limit = limit
        self.node = node
        self.what = what
        self.why = why
        self.remedy = remedy
    }

    /// As a preview tells it.
    var finding: DeploymentPreview.Finding { DeploymentPreview.Finding(what: what, why: why, remedy: remedy) }
}

/// A deployment that is refused because it is beyond limits of its target. Nothing has been written.
public struct LimitRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    /// All that is beyond a limit; at least one.
    public let excesses: [LimitExcess]

    /// Nil where nothing is beyond a limit.
    init?(_ excesses: [LimitExcess]) {
        guard !excesses.isEmpty else { return nil }
        self.excesses = excesses
    }

    /// One sentence for each limit.
    public var description: String {
        excesses.map { "\($0.what): \($0.why). \($0.remedy)." }.joined(separator: "\n")
    }
}
