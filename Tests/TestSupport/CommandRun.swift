import Foundation

/// A finished run of the product's executable.
public struct CommandRun: Sendable {
    public let status: Int32
    /// Standard output.
    public let output: [UInt8]
    /// Standard error as text.
    public let errors: String

    public var outputText: String { String(decoding: output, as: UTF8.self) }

    /// Runs `graphene-deployer` of the same build with these arguments and only these environment variables.
    public static func of(
        _ arguments: [String],
        environment: [String: String] = [:],
        input: String = "",
        through wrapper: [String] = []
    ) async throws -> CommandRun {
        let executable = Repository.products.appending(path: "graphene-deployer").path
        let words = wrapper + [executable] + arguments
        let process = Process()
        process.executableURL = URL(filePath: words[0])
        process.arguments = Array(words.dropFirst())
        process.environment = ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"].merging(
            environment
        ) { $1 }
        // Files instead of pipes: nothing can fill up and nobody has to read while the process runs.
        let folder = try TemporaryFolder()
        let files = try ["in", "out", "err"].map { try folder.write($0, $0 == "in" ? input : "") }
        process.standardInput = FileHandle(forReadingAtPath: files[0])
        process.standardOutput = FileHandle(forWritingAtPath: files[1])
        process.standardError = FileHandle(forWritingAtPath: files[2])
        let status = try await withCheckedThrowingContinuation {
            (continuation: CheckedContinuation<Int32, any Error>) in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        let read = { (path: String) in try [UInt8](Data(contentsOf: URL(filePath: path))) }
        return CommandRun(
            status: status, output: try read(files[1]), errors: String(decoding: try read(files[2]), as: UTF8.self))
    }
}
