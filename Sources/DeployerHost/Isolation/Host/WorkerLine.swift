internal import CWorker
internal import Glibc
internal import Synchronization

/// The host's end of the connection with a worker. A thread of its own starts the process, moves bytes and watches the
/// time until the process has ended.
final class WorkerLine: Sendable {
    /// What is said in one go.
    private struct Exchange {
        let receive: WorkerProcess.Receiver
        let finish: @Sendable (Result<Frame, WorkerTrouble>) -> Void
        /// When it is too late, and what that means.
        var limit: (time: ContinuousClock.Instant, trouble: WorkerTrouble)?
        var isCancelled = false
        /// How many files have come, and how many bytes of them.
        var files = (count: 0, bytes: 0)
    }

    private struct State {
        var outgoing = OutgoingBytes()
        var exchange: Exchange?
        var isClosing = false
        /// Set when the process is no longer there.
        var end: WorkerTrouble?
    }

    private let state = Mutex(State())
    /// Readable when the thread has something to look at.
    private let wakeup = cworker_wakeup()
    /// How much of the process's output is kept for the report of its end.
    private static let outputLimit = 64 << 10

    deinit { Glibc.close(wakeup) }

    var isThere: Bool { state.withLock { $0.end == nil } }

    /// Begins an exchange; there must be none.
    func begin(
        _ outgoing: OutgoingBytes,
        deadline: Duration?,
        _ receive: @escaping WorkerProcess.Receiver,
        _ finish: @escaping @Sendable (Result<Frame, WorkerTrouble>) -> Void
    ) {
        let end = state.withLock { state in
            guard state.end == nil else { return state.end }
            state.outgoing.append(outgoing)
            state.exchange = Exchange(
                receive: receive,
                finish: finish,
                limit: deadline.map { (.now + $0, .overdue($0)) }
            )
            return nil
        }
        if let end { finish(.failure(end)) } else { wake() }
    }

    /// Tells the worker to give up.
    func cancel(grace: Duration) {
        state.withLock { state in
            guard state.exchange?.isCancelled == false else { return }
            state.exchange?.isCancelled = true
            state.exchange?.limit = (.now + grace, .stubborn(grace))
            state.outgoing.append(Frame(.cancel))
        }
        wake()
    }

    /// Ends the process.
    func close() {
        state.withLock { $0.isClosing = true }
        wake()
    }

    /// Notes that there is no process, and ends the exchange.
    func end(_ trouble: WorkerTrouble) {
        let exchange = state.withLock { state in
            state.end = trouble
            state.outgoing = OutgoingBytes()
            defer { state.exchange = nil }
            return state.exchange
        }
        exchange?.finish(.failure(trouble))
    }

    private func wake() {
        var one: UInt64 = 1
        _ = Glibc.write(wakeup, &one, MemoryLayout.size(ofValue: one))
    }

    // MARK: The thread

    /// Starts the process and stays with it until its end.
    func run(_ program: WorkerProgram) {
        let child: ChildProcess
        do {
            child = try ChildProcess(
                program.executable, arguments: program.arguments, environment: program.environment)
        } catch {
            return end(.notStarted(error.reason))
        }
        var output: [UInt8] = []
        let trouble = converse(with: child, &output) ?? (hasEndedSoon(child) ? nil : .hungUp)
        // Also what it has left behind. Its number is nobody else's until it was waited for.
        child.kill()
        read(child.output, into: &output)
        let processEnd = child.wait()
        end(trouble ?? .ended(processEnd, output: output))
    }

    /// Moves messages until the process hangs up, or is to be ended because of the trouble that is returned.
    private func converse(with child: ChildProcess, _ output: inout [UInt8]) -> WorkerTrouble? {
        var decoder = FrameDecoder()
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        var isOutputOpen = true
        while true {
            let (isWriting, limit, isClosing) = state.withLock {
                (!$0.outgoing.isEmpty, $0.exchange?.limit, $0.isClosing)
            }
            guard !isClosing else { return .hungUp }
            if let limit, limit.time <= .now { return limit.trouble }
            var descriptors = [
                pollfd(fd: wakeup, events: Int16(POLLIN), revents: 0),
                pollfd(fd: isOutputOpen ? child.output : -1, events: Int16(POLLIN), revents: 0),
                pollfd(fd: child.connection, events: Int16(isWriting ? POLLIN | POLLOUT : POLLIN), revents: 0),
            ]
            // Something that the process has started may keep the connection open, so that its end is looked for, too.
            guard poll(&descriptors, 3, Self.milliseconds(until: limit?.time)) != 0 || !child.hasEnded else {
                return nil
            }
            var count: UInt64 = 0
            _ = Glibc.read(wakeup, &count, MemoryLayout.size(ofValue: count))
            if descriptors[1].revents != 0 { isOutputOpen = read(child.output, into: &output) }
            if isWriting { write(to: child.connection) }
            guard descriptors[2].revents & Int16(POLLIN | POLLHUP | POLLERR) != 0 else { continue }
            let length = Glibc.read(child.connection, &buffer, buffer.count)
            if length < 0, errno == EINTR || errno == EAGAIN { continue }
            guard length > 0 else { return nil }
            do {
                for frame in try decoder.decode(buffer[..<length]) { try take(frame) }
            } catch {
                return .garbled(error.finding)
            }
        }
    }

    private func take(_ frame: Frame) throws(FrameError) {
        guard frame.kind.isFromWorker else { throw FrameError(finding: "a message that only a host may send") }
        let isLast = [.loaded, .rejected, .result, .failure].contains(frame.kind)
        let exchange = state.withLock { state in
            defer { if isLast { state.exchange = nil } }
            if frame.kind == .attachment {
                state.exchange?.files.count += 1
                state.exchange?.files.bytes += frame.content.count
            }
            return state.exchange
        }
        if let files = exchange?.files, files.count > Frame.fileLimit || files.bytes > Frame.filesLimit {
            throw FrameError(finding: "more files than are taken")
        }
        if isLast, exchange == nil { throw FrameError(finding: "an answer that nobody had asked for") }
        // What comes between exchanges is late, and nobody's.
        if isLast { exchange?.finish(.success(frame)) } else { try exchange?.receive(frame) }
    }

    private func write(to connection: CInt) {
        let flags = CInt(MSG_NOSIGNAL) | CInt(MSG_DONTWAIT)
        state.withLock { state in
            state.outgoing.send { bytes in
                let count = send(connection, bytes.baseAddress, bytes.count, flags)
                return count < 0 ? nil : count
            }
        }
    }

    /// Reads what is there, within bounds, and keeps the last of it.
    /// - Returns: whether there may be more at another time.
    @discardableResult
    private func read(_ descriptor: CInt, into output: inout [UInt8]) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 16 << 10)
        for _ in 0..<16 {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            guard count > 0 else { return count < 0 && errno == EAGAIN }
            output += buffer[..<count]
            if output.count > 2 * Self.outputLimit { output.removeFirst(output.count - Self.outputLimit) }
        }
        return true
    }

    /// Whether a process that has hung up ends by itself.
    private func hasEndedSoon(_ child: ChildProcess) -> Bool {
        for _ in 0..<200 {
            if child.hasEnded { return true }
            usleep(10_000)
        }
        return false
    }

    private static func milliseconds(until time: ContinuousClock.Instant?) -> CInt {
        guard let time else { return 1_000 }
        return CInt(min(1_000, max(0, (time - .now) / .milliseconds(1)).rounded(.up)))
    }
}
