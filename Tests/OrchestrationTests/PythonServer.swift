import Foundation
import Orchestration
import TestSupport
import Transport

/// A gRPC server in Python, as a process of its own on a free port of the loopback interface.
final class PythonServer: Sendable {
    /// The Python of `.ci/test`, with grpcio.
    private static let python = Repository.root.appending(path: ".build/python/bin/python")
    static let isAvailable = FileManager.default.isExecutableFile(atPath: python.path)
    private static let standIn = Repository.root.appending(path: "Tests/Rig/orchestrator/stand_in.py").path

    let port: Int
    private let process: Process

    /// The stand-in for the parallel orchestrator.
    static func orchestrator(_ options: String...) async throws -> PythonServer {
        try await PythonServer([standIn, "--port", "0"] + options)
    }

    /// What the serial orchestrator answers to: one call, whose message it refuses.
    static func serialOrchestrator() async throws -> PythonServer {
        try await PythonServer(["-c", serialServer])
    }

    private init(_ arguments: [String]) async throws {
        let folder = try TemporaryFolder()
        let output = try folder.write("out", "")
        process = Process()
        process.executableURL = Self.python
        process.arguments = arguments
        process.standardOutput = FileHandle(forWritingAtPath: output)
        process.standardError = FileHandle.nullDevice
        try process.run()
        port = try await Self.listening(process, output)
    }

    /// Ends the process without waiting: that would block a thread that other tests need.
    func stop() { kill(process.processIdentifier, SIGKILL) }

    /// A client with short deadlines that connects to this server.
    func client(_ deadline: Duration = .seconds(20)) -> OrchestratorClient {
        let deadlines = OrchestratorDeadlines(status: deadline, initialize: deadline, run: deadline)
        return OrchestratorClient(client: HTTPClient(), deadlines: deadlines, host: "127.0.0.1", port: port)
    }

    private static func listening(_ process: Process, _ output: String) async throws -> Int {
        for _ in 0..<1200 {
            let line = (try? String(contentsOfFile: output, encoding: .utf8)) ?? ""
            if line.hasSuffix("\n"), let port = line.split(whereSeparator: \.isWhitespace).last.flatMap({ Int($0) }) {
                return port
            }
            guard process.isRunning else { break }
            try await Task.sleep(for: .milliseconds(25))
        }
        kill(process.processIdentifier, SIGKILL)
        throw StartFailure()
    }

    struct StartFailure: Error {}

    private static let serialServer = """
        import grpc
        from concurrent import futures
        def refuse(message):
            raise ValueError("no PipelineConfig")
        call = grpc.unary_unary_rpc_method_handler(lambda request, context: b"", refuse, bytes)
        server = grpc.server(futures.ThreadPoolExecutor())
        server.add_generic_rpc_handlers(
            (grpc.method_handlers_generic_handler("start_orchestrator", {"executePipeline": call}),))
        print("listening on", server.add_insecure_port("127.0.0.1:0"), flush=True)
        server.start()
        server.wait_for_termination()
        """
}
