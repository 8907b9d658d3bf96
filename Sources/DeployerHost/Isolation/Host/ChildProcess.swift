internal import CWorker
internal import Glibc

/// A child process of this one, as the thread that has started it holds it: it is killed if that thread ends.
final class ChildProcess: Sendable {
    let process: pid_t
    /// The connection with it; does not block.
    let connection: CInt
    /// What it writes to its standard output and error; does not block.
    let output: CInt

    /// - Throws: `ChildError` with the system's reason.
    init(_ executable: String, arguments: [String], environment: [String]) throws(ChildError) {
        var pair: [CInt] = [-1, -1]
        let type = CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, type, 0, &pair) == 0 else { throw ChildError(errno) }
        var pipe: [CInt] = [-1, -1]
        guard cworker_pipe(&pipe) == 0 else {
            let error = ChildError(errno)
            pair.forEach { close($0) }
            throw error
        }
        var process: pid_t = 0
        let strings = [arguments, environment].map { texts in texts.map { strdup($0) } + [nil] }
        defer { strings.joined().forEach { free($0) } }
        let code = cworker_spawn(executable, strings[0], strings[1], pair[1], pipe[1], &process)
        close(pair[1])
        close(pipe[1])
        guard code == 0 else {
            close(pair[0])
            close(pipe[0])
            throw ChildError(code)
        }
        for descriptor in [pair[0], pipe[0]] { _ = fcntl(descriptor, F_SETFL, O_NONBLOCK) }
        self.process = process
        connection = pair[0]
        output = pipe[0]
    }

    deinit {
        close(connection)
        close(output)
    }

    /// Ends the process and whatever it has started in its group.
    func kill() {
        _ = Glibc.kill(-process, SIGKILL)
        _ = Glibc.kill(process, SIGKILL)
    }

    /// Whether the process has ended; it is still there to be killed, so that its number is nobody else's.
    var hasEnded: Bool {
        var information = siginfo_t()
        information.si_signo = 0
        let code = waitid(P_PID, id_t(process), &information, WEXITED | WNOHANG | WNOWAIT)
        return code == 0 && information.si_signo != 0
    }

    /// Waits for the end of the process.
    func wait() -> ProcessEnd {
        var status: CInt = 0
        var usage = rusage()
        while wait4(process, &status, 0, &usage) < 0 {
            guard errno == EINTR else { return ProcessEnd(signal: nil, code: -1, peakMemory: 0) }
        }
        let signal = status & 0x7f
        return ProcessEnd(
            signal: signal == 0 ? nil : signal,
            code: (status >> 8) & 0xff,
            peakMemory: Int(usage.ru_maxrss) << 10
        )
    }
}

/// A process that could not be started.
struct ChildError: Error {
    let reason: String

    init(_ code: CInt) { reason = String(cString: strerror(code)) }
}

/// How a process ended.
struct ProcessEnd: Sendable, Hashable {
    /// The signal that ended it; nil where it ended by itself.
    let signal: CInt?
    /// What it ended with by itself.
    let code: CInt
    /// The most memory it has had, in bytes.
    let peakMemory: Int
}
