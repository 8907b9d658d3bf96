internal import CWorker
internal import Glibc

/// A process that runs the code of one module for a host: the other end of `WorkerProcess`.
///
/// It lives as long as its connection does. What goes wrong in the module ends this process, and costs the host the one
/// call that was being made.
public enum Worker {
    /// Serves the host that has started this process, until it hangs up.
    /// - Parameters:
    ///   - parent: the host's process id; this process ends with it.
    ///   - memory: how many bytes this process may have of its own.
    public static func run(parent: Int32, memory: UInt64) async -> Never {
        guard cworker_confine(parent, memory) == 0 else { _exit(1) }
        let connection = WorkerConnection()
        let session = WorkerSession(connection)
        let isReading = DedicatedThread.start { connection.read { session.take($0) } }
        guard isReading else { _exit(1) }
        await session.serve()
        _exit(0)
    }
}
