internal import CCurl
internal import Glibc
internal import Synchronization

/// The one thread that drives the transfers and connections of all clients in the process.
///
/// It waits with poll(2) for the sockets of all clients together and gives each client a turn. It begins with the first
/// client and stays; without clients it sleeps.
final class IOThread: Sendable {
    static let shared = IOThread()

    private struct State {
        var newcomers: [EventLoop] = []
        var isRunning = false
    }

    private let state = Mutex(State())
    /// Readable when a client has something to do.
    private let wakeup = ccurl_wakeup_descriptor()

    private static let isLibraryReady = ccurl_global_init() == CURLE_OK

    /// Takes over a client's loop. False if there is no thread for it.
    func adopt(_ loop: EventLoop) -> Bool {
        guard Self.isLibraryReady, wakeup >= 0 else { return false }
        let isAdopted = state.withLock { state in
            state.isRunning = state.isRunning || startThread()
            if state.isRunning { state.newcomers.append(loop) }
            return state.isRunning
        }
        wake()
        return isAdopted
    }

    func wake() {
        var one: UInt64 = 1
        _ = write(wakeup, &one, MemoryLayout.size(ofValue: one))
    }

    private func startThread() -> Bool {
        let context = Unmanaged.passRetained(self)
        var thread = pthread_t()
        guard pthread_create(&thread, nil, ioThread, context.toOpaque()) == 0 else {
            context.release()
            return false
        }
        pthread_detach(thread)
        return true
    }

    fileprivate func run() {
        var clients: [ClientLoop] = []
        var descriptors: [pollfd] = []
        while true {
            clients += takeNewcomers().map { ClientLoop($0) }
            clients.removeAll { !$0.turn() }
            descriptors.removeAll(keepingCapacity: true)
            descriptors.append(pollfd(fd: wakeup, events: Int16(POLLIN), revents: 0))
            for client in clients { client.addDescriptors(to: &descriptors) }
            let wait = clients.map(\.milliseconds).min() ?? -1
            poll(&descriptors, nfds_t(descriptors.count), wait)
            if descriptors[0].revents != 0 { drain() }
            for client in clients { client.takeResults(of: descriptors) }
        }
    }

    private func takeNewcomers() -> [EventLoop] {
        state.withLock { state in
            defer { state.newcomers = [] }
            return state.newcomers
        }
    }

    private func drain() {
        var count: UInt64 = 0
        _ = read(wakeup, &count, MemoryLayout.size(ofValue: count))
    }
}

private func ioThread(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let context else { return nil }
    let thread = Unmanaged<IOThread>.fromOpaque(context).takeRetainedValue()
    ccurl_name_thread("http-client")
    // With a blocked SIGPIPE a write to a closed connection is an error of that write instead of the process's end;
    // other signals are for other threads.
    var signals = sigset_t()
    sigfillset(&signals)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    thread.run()
    return nil
}
