/// Counts time without progress. Pure: whoever asks brings the time.
struct ProgressClock {
    private var mark = -1
    private var since: ContinuousClock.Instant
    private let patience: Duration

    init(now: ContinuousClock.Instant, patience: Duration) {
        since = now
        self.patience = patience
    }

    /// Any other mark than the last is progress.
    mutating func note(progress: Int, now: ContinuousClock.Instant) {
        guard progress != mark else { return }
        mark = progress
        since = now
    }

    func isExpired(now: ContinuousClock.Instant) -> Bool { since.duration(to: now) > patience }
}
