internal import Synchronization

/// The shared side of a client: takes commands from everywhere for the process's I/O thread.
final class EventLoop: Sendable {
    enum Command: Sendable {
        case start(Int, TransferJob, Delivery)
        /// Waits for one connection to a socket that listens.
        case accept(Int, LocalListener, ByteQueue, Completion<Void>)
        /// Sends bytes over a connection.
        case write(Int, [UInt8], Completion<Void>)
        /// Goes on reading after a full queue was emptied.
        case resume(Int)
        case cancel(Int)
    }

    /// What the thread finds when it looks.
    enum Batch {
        case commands([Command])
        /// No further command will come; those that came last are to be ended.
        case stop([Command])
    }

    private struct State {
        var commands: [Command] = []
        /// Nobody reads commands from now on, but for the last look.
        var isStopping = false
        var lastID = 0
    }

    private let state = Mutex(State())
    let maximumInFlight: Int

    private init(maximumInFlight: Int) { self.maximumInFlight = maximumInFlight }

    /// A loop that the I/O thread serves.
    static func started(maximumInFlight: Int) -> EventLoop {
        let loop = EventLoop(maximumInFlight: maximumInFlight)
        if !IOThread.shared.adopt(loop) { loop.state.withLock { $0.isStopping = true } }
        return loop
    }

    /// Names what is about to be posted.
    func newID() -> Int {
        state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
    }

    /// Posts a command and waits for its completion; a cancelled task cancels what has that id.
    func run<Value: Sendable>(
        _ id: Int,
        host: String,
        _ command: (Int, @escaping Completion<Value>) -> Command
    ) async -> Result<Value, TransportError> {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isAccepted = post(command(id) { continuation.resume(returning: $0) })
                guard isAccepted else {
                    let error = TransportError(.cancelled, host: host, reason: "the client is shut down")
                    return continuation.resume(returning: .failure(error))
                }
                // The handler may have run before the start was posted.
                if Task.isCancelled { post(.cancel(id)) }
            }
        } onCancel: {
            post(.cancel(id))
        }
    }

    func stop() {
        state.withLock { $0.isStopping = true }
        IOThread.shared.wake()
    }

    /// For the thread: what there is to do.
    func nextBatch() -> Batch {
        state.withLock { state in
            defer { state.commands = [] }
            return state.isStopping ? .stop(state.commands) : .commands(state.commands)
        }
    }

    /// False if the loop has ended or is about to.
    @discardableResult
    func post(_ command: Command) -> Bool {
        let isAccepted = state.withLock { state in
            guard !state.isStopping else { return false }
            state.commands.append(command)
            return true
        }
        if isAccepted { IOThread.shared.wake() }
        return isAccepted
    }
}
