public import Foundation

/// A server of its own process that runs for the time of a test.
public enum ChildProcess {
    /// Starts a program of the search path that listens on a port which the system chooses (0), and kills it after the
    /// body, which gets the port.
    public static func serving(
        _ arguments: [String],
        output: URL,
        _ body: (_ port: Int) async throws -> Void
    ) async throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = arguments
        try Data().write(to: output)
        let file = try FileHandle(forWritingTo: output)
        process.standardOutput = file
        process.standardError = file
        process.standardInput = FileHandle.nullDevice
        try process.run()
        defer {
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
        var port: Int?
        for _ in 0..<6_000 where port == nil && process.isRunning {
            try await Task.sleep(for: .milliseconds(10))
            port = listeningPort(of: process.processIdentifier)
        }
        guard let port else {
            let words = (try? String(contentsOf: output, encoding: .utf8)) ?? ""
            let state = process.isRunning ? "runs and does not listen" : "has ended"
            throw HelperError(description: "\(arguments[0]) \(state): \(words.suffix(500))")
        }
        try await body(port)
    }

    /// The IPv4 port that a process listens on (proc(5)).
    private static func listeningPort(of process: Int32) -> Int? {
        let folder = "/proc/\(process)/fd"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let own = Set(
            names.compactMap { try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\($0)") })
        // Sockets that listen come first; to read on would take the system through all its connections.
        guard let file = FileHandle(forReadingAtPath: "/proc/net/tcp"), let bytes = try? file.read(upToCount: 64 << 10)
        else { return nil }
        let table = String(decoding: bytes, as: UTF8.self)
        for line in table.split(separator: "\n").dropFirst() {
            let fields = line.split(separator: " ")
            // Columns: number, local address, remote address, state (0A listens), …, inode.
            guard fields.count > 9, fields[3] == "0A", own.contains("socket:[\(fields[9])]") else { continue }
            return fields[1].split(separator: ":").last.flatMap { Int($0, radix: 16) }
        }
        return nil
    }
}

/// Why a helper of the tests could not do its work.
public struct HelperError: Error, CustomStringConvertible {
    public let description: String

    public init(description: String) { self.description = description }
}
