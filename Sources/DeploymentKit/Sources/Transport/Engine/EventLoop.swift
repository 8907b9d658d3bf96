internal import CCurl
internal import Glibc
internal import Synchronization

/// The shared side of a client's thread: takes commands from everywhere and wakes the thread.
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
        var isStopping = false
        /// Once the thread is gone, or never began, nobody reads commands.
        var isClosed = false
        var lastID = 0
    }

    private let state = Mutex(State())
    /// libcurl permits `curl_multi_wakeup` from any thread; everything else is called by the loop's thread only. The
    /// handle is freed under the lock after `isClosed` is set, and woken under the lock while it is not.
    nonisolated(unsafe) let multi: UnsafeMutableRawPointer?

    private static let isLibraryReady = ccurl_global_init() == CURLE_OK

    let maximumInFlight: Int

    private init(maximumInFlight: Int) {
        self.maximumInFlight = maximumInFlight
        multi = Self.isLibraryReady ? curl_multi_init() : nil
    }

    /// A loop with a thread of its own.
    static func started(maximumInFlight: Int) -> EventLoop {
        let loop = EventLoop(maximumInFlight: maximumInFlight)
        guard loop.multi != nil else {
            loop.close()
            return loop
        }
        let context = Unmanaged.passRetained(loop)
        var thread = pthread_t()
        let status = pthread_create(&thread, nil, eventLoopThread, context.toOpaque())
        if status == 0 {
            pthread_detach(thread)
        } else {
            context.release()
            loop.close()
        }
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
        state.withLock { state in
            state.isStopping = true
            wake(state)
        }
    }

    /// For the thread: what there is to do.
    func nextBatch() -> Batch {
        state.withLock { state in
            defer { state.commands = [] }
            return state.isStopping ? .stop(state.commands) : .commands(state.commands)
        }
    }

    /// For the thread, at its end: nothing calls libcurl with this handle from now on.
    func close() {
        state.withLock { state in
            state.isClosed = true
            if let multi { curl_multi_cleanup(multi) }
        }
    }

    /// False if the loop has ended or is about to.
    @discardableResult
    func post(_ command: Command) -> Bool {
        state.withLock { state in
            guard !state.isStopping, !state.isClosed else { return false }
            state.commands.append(command)
            wake(state)
            return true
        }
    }

    private func wake(_ state: borrowing State) {
        guard !state.isClosed, let multi else { return }
        curl_multi_wakeup(multi)
    }
}

private func eventLoopThread(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let context else { return nil }
    let loop = Unmanaged<EventLoop>.fromOpaque(context).takeRetainedValue()
    ccurl_name_thread("http-client")
    // With a blocked SIGPIPE a write to a closed connection is an error of that write instead of the process's end;
    // other signals are for other threads.
    var signals = sigset_t()
    sigfillset(&signals)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    if let multi = loop.multi { LoopThread(loop, multi: multi).run() }
    loop.close()
    return nil
}
