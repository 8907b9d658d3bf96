/// When a stream that broke is asked for again, and when that is given up. Pure.
struct Reconnection: Sendable {
    /// How many connections in a row may bring nothing.
    static let attempts = 8
    /// A connection that stood so long was none in vain: proxies end quiet ones.
    static let lasting = Duration.seconds(20)

    private var failures = 0

    /// A connection broke, or could not be made.
    /// - Parameters:
    ///   - lasted: how long it stood; zero for one that never did.
    ///   - hasProgress: whether an event came over it.
    ///   - retry: what the server asks to wait, in milliseconds.
    /// - Returns: how long to wait before the next; nil where there should be none.
    mutating func delay(after lasted: Duration, hasProgress: Bool, retry: Int?) -> Duration? {
        if hasProgress || lasted >= Self.lasting { failures = 0 }
        failures += 1
        guard failures < Self.attempts else { return nil }
        let first = min(max(retry ?? 500, 10), 30_000)
        return .milliseconds(min(first << (failures - 1), 30_000))
    }
}
