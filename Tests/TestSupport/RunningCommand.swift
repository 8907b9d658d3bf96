internal import Foundation

/// A run of the product's executable that goes on, for tests that send it signals.
public final class RunningCommand: Sendable {
    private let folder: TemporaryFolder
    private let process: Process

    /// Starts `graphene-deployer` with SIGINT ignored, as shells do for jobs in the background.
    public init(_ arguments: [String]) throws {
        let folder = try TemporaryFolder()
        self.folder = folder
        let files = try ["out", "err"].map { try folder.write($0, "") }
        process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        let executable = Repository.products.appending(path: "graphene-deployer").path
        process.arguments = ["bash", "-c", "trap '' INT; exec \"$@\"", "bash", executable] + arguments
        process.environment = ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle(forWritingAtPath: files[0])
        process.standardError = FileHandle(forWritingAtPath: files[1])
        try process.run()
    }

    /// Standard output so far.
    public var output: String { text("out") }
    /// Standard error so far.
    public var errors: String { text("err") }

    /// Waits until one of the streams contains the text.
    /// - Throws: where the process ends before, or after 20 s.
    public func wait(for text: String) async throws {
        for _ in 0..<800 {
            if output.contains(text) || errors.contains(text) { return }
            guard process.isRunning else { break }
            try await Task.sleep(for: .milliseconds(25))
        }
        throw Silence(output: output, errors: errors)
    }

    public func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

    /// Waits for the end, for 20 s at most, and returns the exit code.
    public func status() async throws -> Int32 {
        for _ in 0..<800 where process.isRunning { try await Task.sleep(for: .milliseconds(25)) }
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
        return process.terminationStatus
    }

    deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

    private func text(_ name: String) -> String {
        (try? String(contentsOfFile: "\(folder.path)/\(name)", encoding: .utf8)) ?? ""
    }

    struct Silence: Error { let output, errors: String }
}
