internal import Glibc
internal import Synchronization

/// A worker as the host holds it. One exchange at a time: some messages there, messages back, and one that ends it. The
/// process ends with this object.
final class WorkerProcess: Sendable {
    /// Takes a message on the way to the last one; one that cannot be read ends the process.
    typealias Receiver = @Sendable (Frame) throws(FrameError) -> Void

    private let line = WorkerLine()

    /// Starts a process. Whether that succeeds is told to the first exchange.
    init(_ program: WorkerProgram) {
        let isStarted = DedicatedThread.start { [line] in line.run(program) }
        if !isStarted { line.end(.notStarted("there are too many threads")) }
    }

    deinit { line.close() }

    /// Whether the process is there, as far as is known.
    var isThere: Bool { line.isThere }

    /// Sends messages and waits for the one that ends the exchange.
    ///
    /// When the task is cancelled the worker is told, and ended if it does not give up in time.
    /// - Parameters:
    ///   - grace: how long it may take to give up, asked when it is told to.
    ///   - receive: takes the messages before the last one; called from one thread.
    /// - Throws: `WorkerTrouble`; nothing can be exchanged after that.
    func exchange(
        _ outgoing: OutgoingBytes,
        deadline: Duration?,
        grace: @escaping @Sendable () -> Duration,
        receive: @escaping Receiver
    ) async throws(WorkerTrouble) -> Frame {
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                line.begin(outgoing, deadline: deadline, receive) { continuation.resume(returning: $0) }
                // Who is told to give up before there is anything to give up must not be forgotten.
                if Task.isCancelled { line.cancel(grace: grace()) }
            }
        } onCancel: {
            line.cancel(grace: grace())
        }
        return try result.get()
    }

    /// The same for callers that cannot wait otherwise than by blocking their thread.
    func exchangeBlocking(
        _ outgoing: OutgoingBytes,
        deadline: Duration,
        receive: @escaping Receiver
    ) throws(WorkerTrouble) -> Frame {
        let answer = BlockingValue<Result<Frame, WorkerTrouble>>()
        line.begin(outgoing, deadline: deadline, receive) { answer.set($0) }
        return try answer.wait().get()
    }
}

/// How a worker is started.
struct WorkerProgram: Sendable {
    /// The program, which must understand `worker`.
    var executable = "/proc/self/exe"
    /// How much memory it may have of its own, in bytes.
    var memory = 512 << 20

    var arguments: [String] { ["graphene-deployer", "worker", "--parent", "\(getpid())", "--memory", "\(memory)"] }

    /// The host's own variables stay with the host: its keys are among them.
    var environment: [String] {
        let kept = ["PATH", "LANG", "LC_ALL", "TZ", "HOME", "SSL_CERT_FILE", "SSL_CERT_DIR", "LD_LIBRARY_PATH"]
        let values = kept.compactMap { name in getenv(name).map { "\(name)=\(String(cString: $0))" } }
        return values + ["SWIFT_BACKTRACE=enable=no"]
    }
}
