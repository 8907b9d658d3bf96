import ArgumentParser
import DeployerHost
import Glibc
import Passes
import TargetContract

/// Standard output for data, standard error for messages, and how the process ends.
enum Terminal {
    /// Writes data to standard output.
    static func print(data: [UInt8]) { write(data, to: STDOUT_FILENO) }

    static func print(_ line: String) { print(data: Array((clean(line) + "\n").utf8)) }

    /// Writes a message to standard error.
    static func say(_ line: String) { write(Array((clean(line) + "\n").utf8), to: STDERR_FILENO) }

    /// Writes an event as a line, in colour where somebody looks at it and does not mind (NO_COLOR).
    static func show(_ line: EventLine, on descriptor: Int32 = STDERR_FILENO) {
        write(Array(((showsColours(on: descriptor) ? line.coloured : line.plain) + "\n").utf8), to: descriptor)
    }

    /// Writes text with escape sequences, past the block that is drawn in place.
    static func write(raw text: String, to descriptor: Int32) { writeAll(Array(text.utf8), to: descriptor) }

    /// Whether lines can be drawn anew in place.
    static func isDrawable(_ descriptor: Int32) -> Bool {
        let terminal = variable("TERM")
        return isatty(descriptor) == 1 && !terminal.isEmpty && terminal != "dumb"
    }

    /// Whether colours are shown and wanted.
    static func showsColours(on descriptor: Int32) -> Bool {
        isatty(descriptor) == 1 && variable("NO_COLOR").isEmpty && variable("TERM") != "dumb"
    }

    /// Columns and lines as they are now; 80 and 24 where nobody knows.
    static func size(of descriptor: Int32) -> (width: Int, height: Int) {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return (80, 24) }
        return (Int(size.ws_col), Int(size.ws_row))
    }

    /// Seconds since 1970.
    static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private static func variable(_ name: String) -> String { getenv(name).map { String(cString: $0) } ?? "" }

    /// Names come from others: control characters must not reach the terminal.
    static func clean(_ text: String) -> String {
        let isHarmless = { (scalar: Unicode.Scalar) in
            scalar == "\n" || scalar == "\t" || scalar.properties.generalCategory != .control
        }
        return String(String.UnicodeScalarView(text.unicodeScalars.map { isHarmless($0) ? $0 : "\u{FFFD}" }))
    }

    /// Ends the process with the exit code that belongs to an error, after saying what it is.
    static func exit(with error: any Error) -> Never {
        if let failure = ExitStatus(of: error) {
            say("graphene-deployer: \(failure.message)")
            end(failure.code)
        }
        let code = GrapheneDeployer.exitCode(for: error)
        let message = GrapheneDeployer.fullMessage(for: error)
        if code == .success {
            print(message)
        } else if !message.isEmpty {
            say(message)
        }
        switch code {
        case .success: end(0)
        case .validationFailure: end(ExitStatus.usage)
        default: end(ExitStatus.environment)
        }
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) {
        LiveDisplay.shared.aside(descriptor) { writeAll(bytes, to: descriptor) }
    }

    /// Ends the process at once. Libraries tidy up behind `exit`, and would do so under the feet of the thread that still
    /// closes connections.
    static func end(_ code: Int32) -> Never {
        fflush(nil)
        _exit(code)
    }

    /// Writes all of it, or ends the process.
    private static func writeAll(_ bytes: [UInt8], to descriptor: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { exit(becauseNobodyTakes: descriptor, errno) }
            rest = rest.dropFirst(count)
        }
    }

    /// Says why standard output cannot be written, for instance to a full disk. A reader that has gone (EPIPE) knows, and
    /// of standard error there is nobody to tell.
    private static func exit(becauseNobodyTakes descriptor: Int32, _ error: Int32) -> Never {
        if descriptor == STDOUT_FILENO, error != EPIPE {
            let message = "graphene-deployer: standard output cannot be written: \(String(cString: strerror(error)))\n"
            writeAll(Array(message.utf8), to: STDERR_FILENO)
        }
        end(ExitStatus.environment)
    }
}
