import Glibc

/// SIGINT and SIGTERM as bytes in a pipe. Signal handlers may do little more than write one.
struct SignalPipe {
    private let reading: Int32

    /// The end that the handler writes to; -1 until there is a pipe.
    private nonisolated(unsafe) static var writing: Int32 = -1

    /// Takes the signals over for the rest of the process, also where the shell that started it in the background has
    /// them ignored.
    /// - Returns: nil where the process has no file descriptors left; the signals then end it as usual.
    init?() {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        reading = ends[0]
        Self.writing = ends[1]
        var action = sigaction()
        action.sa_flags = SA_RESTART
        action.__sigaction_handler.sa_handler = { signal in
            let before = errno
            var number = UInt8(truncatingIfNeeded: signal)
            _ = write(SignalPipe.writing, &number, 1)
            errno = before
        }
        for signal in [SIGINT, SIGTERM] { sigaction(signal, &action, nil) }
    }

    /// Waits for the next signal and returns its number.
    func next() -> Int32? {
        var number: UInt8 = 0
        while true {
            let count = read(reading, &number, 1)
            if count < 0, errno == EINTR { continue }
            return count == 1 ? Int32(number) : nil
        }
    }
}
