internal import Synchronization

/// How long targets may take to stop, as the configuration says it at the moment: also to targets that were made when it
/// said something else.
final class StoppingTime: Sendable {
    private let content: Mutex<Duration>

    init(_ time: Duration) { content = Mutex(time) }

    /// As it is now.
    var value: Duration { content.withLock { $0 } }

    /// From now on it is another one.
    func set(_ time: Duration) { content.withLock { $0 = time } }
}
