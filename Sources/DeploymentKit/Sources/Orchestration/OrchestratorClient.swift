internal import SwiftProtobuf
public import Transport

/// Calls the generic parallel orchestrator: gRPC without TLS and without authentication, hence never over a public
/// network but through a forwarded port. Every call has a connection of its own and a deadline.
///
///     let orchestrator = OrchestratorClient(client: client) { try await openForward() }
///     let status = try await orchestrator.status()
public struct OrchestratorClient: Sendable {
    /// Where calls go to.
    enum Endpoint: Sendable {
        case socket(@Sendable () async throws -> String)
        case server(host: String, port: Int)
    }

    let client: HTTPClient
    let endpoint: Endpoint
    let deadlines: OrchestratorDeadlines
    /// How often `get_status` is tried, and the pause before it is tried again.
    static let statusAttempts = 3
    static let statusPause = Duration.milliseconds(300)

    /// - Parameter connect: Gives the name of an abstract Unix socket at which the orchestrator answers, a new one for
    ///   each call.
    public init(
        client: HTTPClient,
        deadlines: OrchestratorDeadlines = OrchestratorDeadlines(),
        connect: @escaping @Sendable () async throws -> String
    ) {
        self.client = client
        self.deadlines = deadlines
        endpoint = .socket(connect)
    }

    /// A client that connects to a server directly.
    public init(
        client: HTTPClient,
        deadlines: OrchestratorDeadlines = OrchestratorDeadlines(),
        host: String,
        port: Int
    ) {
        self.client = client
        self.deadlines = deadlines
        endpoint = .server(host: host, port: port)
    }

    /// Asks for the state. Tries again where the orchestrator can't be reached. One that does not know the call is
    /// recognised: an older version is `legacy`, the serial orchestrator `serial`.
    public func status() async throws(OrchestratorError) -> OrchestratorStatus {
        for _ in 1..<Self.statusAttempts {
            do throws(OrchestratorError) {
                return try await statusOnce()
            } catch  where error.code == .unavailable {
                do { try await Task.sleep(for: Self.statusPause) } catch { break }
            }
        }
        return try await statusOnce()
    }

    /// Hands over a pipeline. Call it once for each process of the orchestrator, and never again blindly: see
    /// `OrchestratorSequence`.
    /// - Parameters:
    ///   - blueprint: The JSON text of the blueprint.
    ///   - dockerInfo: The JSON text that tells where each container listens.
    ///   - protoFiles: From `<container name>.proto` to the text of that file. A file that is missing is not reported
    ///     by the orchestrator.
    public func initialize(
        blueprint: String,
        dockerInfo: String,
        protoFiles: [String: String]
    ) async throws(OrchestratorError) -> OrchestratorStatus {
        var message = OrchestrationConfiguration()
        message.blueprint = blueprint
        message.dockerinfo = dockerInfo
        message.protofiles = protoFiles
        return try await statusReply(.initialize, message, deadline: deadlines.initialize)
    }

    /// Starts the pipeline. Call it once, when the ports of all containers accept connections: a thread whose
    /// container does not listen dies for good, without a word in the status.
    public func run() async throws(OrchestratorError) -> OrchestratorStatus {
        try await statusReply(.run, RunLabel(), deadline: deadlines.run)
    }

    private func statusOnce() async throws(OrchestratorError) -> OrchestratorStatus {
        do throws(OrchestratorError) {
            return try await statusReply(.getStatus, RunLabel(), deadline: deadlines.status)
        } catch  where error.code == .unimplemented {
            return OrchestratorStatus(state: try await elderState(unless: error))
        }
    }

    private func statusReply(
        _ method: OrchestratorMethod,
        _ message: any Message,
        deadline: Duration
    ) async throws(OrchestratorError) -> OrchestratorStatus {
        let bytes = try await call(method.path, try Self.bytes(of: message, method), deadline: deadline)
        guard let reply = try? OrchestrationStatus(serializedBytes: bytes) else {
            throw OrchestratorError(.invalidAnswer, call: method.path, message: "the message is no OrchestrationStatus")
        }
        return OrchestratorStatus(
            code: Int(reply.code),
            message: reply.message,
            activeThreads: Int(reply.activeThreads)
        )
    }

    static func bytes(of message: any Message, _ method: OrchestratorMethod) throws(OrchestratorError) -> [UInt8] {
        guard let bytes: [UInt8] = try? message.serializedBytes() else {
            throw OrchestratorError(.failed, call: method.path, message: "the message can't be written")
        }
        return bytes
    }
}
