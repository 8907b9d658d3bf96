import Foundation

/// `graphene-deployer serve` on a free port of the loopback interface, as a process of its own.
public final class RunningHost: Sendable {
    /// `http://127.0.0.1:PORT`
    public let url: String
    /// The port of `url`.
    public var port: UInt16 { url.split(separator: ":").last.flatMap { UInt16($0) } ?? 0 }
    private let log: String
    private let folder: TemporaryFolder
    private let process: Process

    /// Starts the host and waits until it listens.
    /// - Parameter catalogue: a folder of solutions, the samples if not given; nil for what the environment names.
    public init(
        arguments: [String] = [],
        environment: [String: String] = [:],
        catalogue: String? = Repository.samplesPath
    ) async throws {
        folder = try TemporaryFolder()
        log = try folder.write("log", "")
        process = Process()
        process.executableURL = Repository.products.appending(path: "graphene-deployer")
        process.arguments =
            ["serve", "--port", "0", "--state", "\(folder.path)/state"]
            + (catalogue.map { ["--catalogue", $0] } ?? []) + arguments
        process.environment = ["GRAPHENE_DEPLOYER_JWT_KEY": PortalToken.key].merging(environment) { $1 }
        process.standardError = FileHandle(forWritingAtPath: log)
        try process.run()
        url = try await Self.listening(process, log)
    }

    /// What the host has written to standard error so far.
    public var logText: String { (try? String(contentsOfFile: log, encoding: .utf8)) ?? "" }

    /// The most memory that was resident so far, in KiB.
    public var peakKiB: Int? {
        let status = try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
        let line = status?.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line?.split(separator: " ").compactMap { Int($0) }.first
    }

    /// Asks the host to stop and returns its exit code.
    public func stop() async throws -> Int32 {
        process.terminate()
        for _ in 0..<1_200 where process.isRunning { try await Task.sleep(for: .milliseconds(50)) }
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
        return process.terminationStatus
    }

    deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

    private static func listening(_ process: Process, _ log: String) async throws -> String {
        for _ in 0..<2_400 {
            let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
            if let line = text.split(separator: "\n").first(where: { $0.contains("listens on http://") }) {
                return String(line.split(separator: " ").last ?? "")
            }
            guard process.isRunning else { throw StartFailure(log: text) }
            try await Task.sleep(for: .milliseconds(25))
        }
        throw StartFailure(log: "no answer within 60 s")
    }

    struct StartFailure: Error { let log: String }
}
