internal import Dispatch
internal import Synchronization
internal import TargetContract

/// Runs one call of the target as a task, cancels it at a moment, and waits no longer than allowed, also where the call
/// blocks its thread.
struct TimedCall {
    /// When the task is cancelled.
    enum Moment: Sendable {
        case never
        /// Before the call is made.
        case start
        /// When so many events are there.
        case event(Int)
        /// When the call has been at work for so long, unless it has ended before.
        case after(Duration)
    }

    /// How long the call may take in all, and how long after its cancellation.
    let limits: (call: Duration, cancellation: Duration)
    let recorder = EventRecorder()

    /// How the call ended, after how long since its start or cancellation, and whether it was cancelled.
    func run(
        cancelling moment: Moment,
        _ work: @escaping @Sendable (@escaping EventReporter) async throws -> Product
    ) async -> (ending: Trial.Ending, duration: Duration, isCancelled: Bool) {
        let (endings, ending) = AsyncStream<(Trial.Ending, ContinuousClock.Instant)>.makeStream()
        let alarm = Alarm()
        let start = ContinuousClock.now
        let handle = Handle()
        let begin = { @Sendable [cancellation = limits.cancellation] () -> Task<Void, Never>? in
            let task = handle.begin()
            if task != nil { alarm.set(cancellation) { ending.yield((.unfinished, .now)) } }
            return task
        }
        // On the thread of the event, so that the work is cancelled when `report` returns.
        if case .event(let count) = moment { recorder.after(count) { begin()?.cancel() } }
        // The call begins when its task is known, so that its first event can cancel it.
        let (gate, opener) = AsyncStream<Never>.makeStream()
        let task = Task.detached(executorPreference: OwnThread()) { [recorder] in
            for await _ in gate {}
            if case .start = moment { withUnsafeCurrentTask { $0?.cancel() } }
            let result: Trial.Ending
            do {
                result = .returned(try await work { recorder.take($0) })
            } catch {
                result = .threw(error)
            }
            handle.end()
            recorder.end()
            ending.yield((result, .now))
        }
        var limit = limits.call
        if case .start = moment {
            handle.isCancelled(since: start)
            limit = limits.cancellation
        }
        handle.set(task)
        if case .after(let duration) = moment { alarm.set(duration) { Self.cancel(begin()) } }
        alarm.set(limit) { ending.yield((.unfinished, .now)) }
        opener.finish()
        var (first, end) = (Trial.Ending.unfinished, start)
        for await (ending, instant) in endings {
            (first, end) = (ending, instant)
            break
        }
        alarm.stop()
        let cancelled = handle.cancelled
        if case .unfinished = first { Self.cancel(task) }
        return (first, end - (cancelled ?? start), cancelled != nil)
    }

    /// What the target does when it is cancelled may block, so it is done on a thread of its own.
    private static func cancel(_ task: Task<Void, Never>?) {
        guard let task else { return }
        OwnThread().run { task.cancel() }
    }
}

/// A task that can be cancelled until it has ended.
private final class Handle: Sendable {
    private struct State {
        var task: Task<Void, Never>?
        var cancelled: ContinuousClock.Instant?
        var isEnded = false
    }

    private let state = Mutex(State())

    /// When it was cancelled.
    var cancelled: ContinuousClock.Instant? { state.withLock(\.cancelled) }

    func isCancelled(since instant: ContinuousClock.Instant) { state.withLock { $0.cancelled = instant } }

    /// Begins to cancel it: the task, which the caller cancels; nil where it has ended.
    func begin() -> Task<Void, Never>? {
        state.withLock { state in
            guard !state.isEnded else { return nil }
            state.cancelled = .now
            return state.task
        }
    }

    func set(_ task: Task<Void, Never>) { state.withLock { $0.task = task } }

    func end() { state.withLock { $0.isEnded = true } }
}

/// Rings at the times that were set, until it is stopped.
private final class Alarm: Sendable {
    private static let thread = OwnThread()
    private let timers = Mutex<[any DispatchSourceTimer]>([])

    func set(_ duration: Duration, _ ring: @escaping @Sendable () -> Void) {
        timers.withLock { $0.append(Self.thread.run(after: duration, ring)) }
    }

    func stop() {
        timers.withLock { timers in
            for timer in timers { timer.cancel() }
            timers = []
        }
    }
}
