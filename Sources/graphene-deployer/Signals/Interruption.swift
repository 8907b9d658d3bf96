import Glibc
import Synchronization

/// Work that Ctrl-C and SIGTERM cancel.
enum Interruption {
    /// Runs the work as a task. The first signal cancels it, the second ends the process at once.
    /// - Throws: what the work throws; `Interrupted` instead where a signal came before.
    static func cancelling<Result: Sendable>(
        _ work: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        // Before the work starts: what it shows may already make somebody press Ctrl-C.
        let signals = SignalPipe()
        let task = Task { try await work() }
        let received = ReceivedSignal()
        if let signals { watch(signals, received) { task.cancel() } }
        do {
            return try await task.value
        } catch {
            guard let signal = received.number else { throw error }
            throw Interrupted(signal: signal, cause: error is CancellationError ? nil : "\(error)")
        }
    }

    /// Waits in a thread of its own: all threads of the task pool may be busy with the work.
    private static func watch(
        _ signals: SignalPipe, _ received: ReceivedSignal, cancel: @escaping @Sendable () -> Void
    ) {
        let thread = Unmanaged.passRetained(
            WatchThread {
                guard let first = signals.next() else { return }
                received.set(first)
                Terminal.say("stopping; Ctrl-C once more ends the process at once")
                cancel()
                if let second = signals.next() { _exit(128 + second) }
            }
        )
        var handle = pthread_t()
        let code = pthread_create(
            &handle, nil,
            { context in
                guard let context else { return nil }
                Unmanaged<WatchThread>.fromOpaque(context).takeRetainedValue().body()
                return nil
            },
            thread.toOpaque()
        )
        if code == 0 { pthread_detach(handle) } else { thread.release() }
    }
}

/// A signal ended the work.
struct Interrupted: Error, CustomStringConvertible {
    let signal: Int32
    /// What the work said when it ended, if more than that it was cancelled.
    let cause: String?

    var description: String {
        "interrupted by \(signal == SIGINT ? "Ctrl-C" : "SIGTERM")" + (cause.map { ": \($0)" } ?? "")
    }
}

/// The first signal that came.
private final class ReceivedSignal: Sendable {
    private let value = Mutex<Int32?>(nil)

    var number: Int32? { value.withLock { $0 } }

    func set(_ signal: Int32) { value.withLock { $0 = signal } }
}

/// What a thread does, as an object that a C pointer can hold.
private final class WatchThread: Sendable {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}
