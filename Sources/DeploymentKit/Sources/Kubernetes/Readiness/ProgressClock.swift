/// A deadline that counts time without progress only: an image of 3 GB takes as long as it takes, and a pod at which
/// nothing happens any more ends the wait.
///
///     var clock = ProgressClock(quietLimit: 300, totalLimit: 3600, startedAt: now)
///     clock.observe(snapshot.progressMarks, at: now)
///     if clock.isExpired(at: now) { … }
public struct ProgressClock: Sendable {
    /// Seconds without progress after which the deadline has passed.
    public let quietLimit: Int64
    /// Seconds after which it has passed in any case; nil for none.
    public let totalLimit: Int64?
    /// When it began, in seconds since 1970.
    public let startedAt: Int64
    /// When something new was seen last, in seconds since 1970.
    public private(set) var lastProgress: Int64
    private var seen: Set<ProgressMark> = []

    /// A clock that has seen no progress since it began.
    public init(quietLimit: Int64, totalLimit: Int64? = nil, startedAt: Int64) {
        self.quietLimit = quietLimit
        self.totalLimit = totalLimit
        self.startedAt = startedAt
        lastProgress = startedAt
    }

    /// Takes over the marks of a snapshot. A mark counts when it is seen for the first time: a container that crashes
    /// and starts again, and a counter that goes up and down, are no progress.
    public mutating func observe(_ marks: Set<ProgressMark>, at now: Int64) {
        guard !marks.isSubset(of: seen) else { return }
        seen.formUnion(marks)
        lastProgress = max(lastProgress, now)
    }

    /// When the deadline passes if nothing happens any more, in seconds since 1970.
    public var expiry: Int64 {
        let quiet = lastProgress + quietLimit
        return totalLimit.map { min(quiet, startedAt + $0) } ?? quiet
    }

    /// Whether the deadline has passed at a time, in seconds since 1970.
    public func isExpired(at now: Int64) -> Bool { now >= expiry }
}
