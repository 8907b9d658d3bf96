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

    /// Writes an event to standard error, in colour where somebody looks at it and does not mind (NO_COLOR).
    static func say(_ line: EventLine) {
        write(Array(((showsColours ? line.coloured : line.plain) + "\n").utf8), to: STDERR_FILENO)
    }

    private static let showsColours: Bool = {
        let value = { (name: String) in getenv(name).map { String(cString: $0) } ?? "" }
        return isatty(STDERR_FILENO) == 1 && value("NO_COLOR").isEmpty && value("TERM") != "dumb"
    }()

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
            Glibc.exit(failure.code)
        }
        let code = GrapheneDeployer.exitCode(for: error)
        let message = GrapheneDeployer.fullMessage(for: error)
        if code == .success {
            print(message)
        } else if !message.isEmpty {
            say(message)
        }
        switch code {
        case .success: Glibc.exit(0)
        case .validationFailure: Glibc.exit(ExitStatus.usage)
        default: Glibc.exit(ExitStatus.environment)
        }
    }

    /// Writes all of it, or ends the process.
    private static func write(_ bytes: [UInt8], to descriptor: Int32) {
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
            say("graphene-deployer: standard output cannot be written: \(String(cString: strerror(error)))")
        }
        Glibc.exit(ExitStatus.environment)
    }
}
