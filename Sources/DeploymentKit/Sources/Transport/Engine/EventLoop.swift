internal import CCurl
internal import Glibc
internal import Synchronization

/// The shared side of a client's thread: takes commands from everywhere and wakes the thread.
final class EventLoop: Sendable {
    enum Command: Sendable {
        case start(Int, TransferJob, @Sendable (Result<HTTPResponse, TransportError>) -> Void)
        case cancel(Int)
        /// A stream has room again.
        case resume(Int)
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

    /// Runs a transfer on the loop's thread; a cancelled task aborts it.
    func run(_ job: TransferJob) async -> Result<HTTPResponse, TransportError> {
        let id = nextID()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                start(id, job) { continuation.resume(returning: $0) }
            }
        } onCancel: {
            post(.cancel(id))
        }
    }

    func nextID() -> Int {
        state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
    }

    /// Begins a transfer; the completion is called once, on any thread.
    func start(
        _ id: Int,
        _ job: TransferJob,
        completion: @escaping @Sendable (Result<HTTPResponse, TransportError>) -> Void
    ) {
        guard post(.start(id, job, completion)) else {
            return completion(.failure(job.error(.cancelled, "the client is shut down")))
        }
        // The task may have been cancelled before the start was posted.
        if Task.isCancelled { post(.cancel(id)) }
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
    LoopThread(loop).run()
    loop.close()
    return nil
}
