internal import Dispatch

/// A thread besides those that all tasks of the process share: what blocks these does not stop what runs here, and what
/// blocks this one stops nothing else.
final class OwnThread: TaskExecutor {
    // The system gives a queue that does one thing at a time a thread at once, however many are blocked.
    private let queue = DispatchQueue(label: "conformance")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }

    /// Does something there.
    func run(_ work: @escaping @Sendable () -> Void) { queue.async(execute: work) }

    /// Does something there after a while, unless the returned source is cancelled before.
    func run(after duration: Duration, _ work: @escaping @Sendable () -> Void) -> any DispatchSourceTimer {
        let timer = DispatchSource.makeTimerSource(queue: queue)
        let (seconds, attoseconds) = duration.components
        timer.setEventHandler(handler: work)
        timer.schedule(
            deadline: .now() + .seconds(Int(seconds)) + .nanoseconds(Int(attoseconds / 1_000_000_000)))
        timer.resume()
        return timer
    }
}
