internal import Foundation

/// Speaks to a server as no HTTP client would.
public enum RawSocket {
    /// What became of a connection.
    public struct Outcome: Sendable {
        /// Everything that the peer sent.
        public let answer: String
        /// Whether the peer ended the connection, while this side would have waited on.
        public let isClosed: Bool
    }

    /// Connects to the loopback interface, writes the text, and reads with its own end open until the peer closes.
    /// - Parameter patience: how many seconds to wait for that.
    public static func send(_ text: String, toPort port: UInt16, patience: Int = 20) async throws -> Outcome {
        let folder = try TemporaryFolder()
        let files = try ["in", "out"].map { try folder.write($0, $0 == "in" ? text : "") }
        let script = """
            exec 3<>/dev/tcp/127.0.0.1/\(port) || exit 9
            cat >&3
            timeout \(patience) cat <&3
            [ $? != 124 ]
            """
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["bash", "-c", script]
        process.standardInput = FileHandle(forReadingAtPath: files[0])
        process.standardOutput = FileHandle(forWritingAtPath: files[1])
        // A peer that closes early breaks the pipe, or resets the connection: both are seen by the status.
        process.standardError = FileHandle.nullDevice
        let status = try await withCheckedThrowingContinuation {
            (continuation: CheckedContinuation<Int32, any Error>) in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        guard status != 9 else { throw HelperError(description: "nothing listens on port \(port)") }
        let answer = String(decoding: try Data(contentsOf: URL(filePath: files[1])), as: UTF8.self)
        return Outcome(answer: answer, isClosed: status == 0)
    }
}
