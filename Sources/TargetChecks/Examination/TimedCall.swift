internal import Synchronization
internal import TargetContract

/// Runs one call of the target as a task, cancels it at a moment, and waits no longer than allowed.
struct TimedCall {
    /// When the task is cancelled.
    enum Moment: Sendable {
        case never
        /// Before the call is made.
        case start
        /// When so many events are there.
        case event(Int)
    }

    /// How long the call may take in all, and how long after its cancellation.
    let limits: (call: Duration, cancellation: Duration)
    let recorder = EventRecorder()

    /// How the call ended, after how long since its start or cancellation, and whether it was cancelled.
    func run(
        cancelling moment: Moment,
        _ work: @escaping @Sendable (@escaping EventReporter) async throws -> Product
    ) async -> (ending: Trial.Ending, duration: Duration, isCancelled: Bool) {
        let (endings, ending) = AsyncStream<Trial.Ending>.makeStream()
        let alarm = Alarm()
        let start = ContinuousClock.now
        let handle = Handle()
        if case .event(let count) = moment {
            recorder.after(count) { [cancellation = limits.cancellation] in
                handle.cancel()
                alarm.set(cancellation) { ending.yield(.unfinished) }
            }
        }
        // The call begins when its task is known, so that its first event can cancel it.
        let (gate, opener) = AsyncStream<Never>.makeStream()
        let task = Task.detached { [recorder] in
            for await _ in gate {}
            if case .start = moment { withUnsafeCurrentTask { $0?.cancel() } }
            let result: Trial.Ending
            do {
                result = .returned(try await work { recorder.take($0) })
            } catch {
                result = .threw(error)
            }
            recorder.end()
            ending.yield(result)
        }
        var limit = limits.call
        if case .start = moment {
            handle.isCancelled(since: start)
            limit = limits.cancellation
        }
        handle.set(task)
        opener.finish()
        alarm.set(limit) { ending.yield(.unfinished) }
        var first: Trial.Ending = .unfinished
        for await ending in endings {
            first = ending
            break
        }
        alarm.stop()
        if case .unfinished = first { task.cancel() }
        let cancelled = handle.cancelled
        return (first, ContinuousClock.now - (cancelled ?? start), cancelled != nil)
    }
}

/// A task that can be cancelled before it is known.
private final class Handle: Sendable {
    private let state = Mutex<(task: Task<Void, Never>?, cancelled: ContinuousClock.Instant?)>((nil, nil))

    /// When it was cancelled.
    var cancelled: ContinuousClock.Instant? { state.withLock(\.cancelled) }

    func isCancelled(since instant: ContinuousClock.Instant) { state.withLock { $0.cancelled = instant } }

    func cancel() {
        let task = state.withLock { state in
            state.cancelled = .now
            return state.task
        }
        task?.cancel()
    }

    func set(_ task: Task<Void, Never>) {
        let isLate = state.withLock { state in
            state.task = task
            return state.cancelled != nil
        }
        if isLate { task.cancel() }
    }
}

/// Rings once, after the last time that was set.
private final class Alarm: Sendable {
    private let sleeps = Mutex<[Task<Void, Never>]>([])

    func set(_ duration: Duration, _ ring: @escaping @Sendable () -> Void) {
        let sleep = Task.detached {
            do { try await Task.sleep(for: duration) } catch { return }
            ring()
        }
        sleeps.withLock { $0.append(sleep) }
    }

    func stop() { sleeps.withLock { $0.forEach { $0.cancel() } } }
}
