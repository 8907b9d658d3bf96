internal import SwiftProtobuf
public import Transport

/// Calls the generic parallel orchestrator: gRPC over HTTP/2 without TLS, each call on a connection of its own.
public struct OrchestratorClient: Sendable {
    private let http: HTTPClient
    private let url: String
    private let connect: (@Sendable () async throws(OrchestratorError) -> String)?

    /// A client over connections that somebody else makes, such as port-forwards.
    /// - Parameters:
    ///   - http: any client; its policy and its TLS settings play no part.
    ///   - connect: makes a connection and returns the name of the abstract Unix socket that leads to it.
    public init(http: HTTPClient, connect: @escaping @Sendable () async throws(OrchestratorError) -> String) {
        self.http = http
        url = "http://orchestrator"
        self.connect = connect
    }

    /// A client for an orchestrator that can be called directly.
    public init(http: HTTPClient, host: String, port: Int) {
        self.http = http
        url = "http://\(host):\(port)"
        connect = nil
    }

    /// Its state. Versions before 1.3 and other programs answer with the error `unimplemented`.
    public func status() async throws(OrchestratorError) -> OrchestratorStatus {
        try await call(.getStatus, RunLabel(), deadline: .seconds(10))
    }

    /// Hands a pipeline over.
    /// - Parameters:
    ///   - blueprint: the text of blueprint.json.
    ///   - dockerInfo: the text of dockerinfo.json.
    ///   - protoFiles: `<container_name>.proto` to the file's text.
    public func initialize(
        blueprint: String,
        dockerInfo: String,
        protoFiles: [String: String]
    ) async throws(OrchestratorError) -> OrchestratorStatus {
        var configuration = OrchestrationConfiguration()
        configuration.blueprint = blueprint
        configuration.dockerinfo = dockerInfo
        configuration.protofiles = protoFiles
        return try await call(.initialize, configuration, deadline: .seconds(120))
    }

    /// Starts the pipeline. To be called once.
    public func run() async throws(OrchestratorError) -> OrchestratorStatus {
        try await call(.run, RunLabel(), deadline: .seconds(60))
    }

    /// Takes events, from the oldest kept one on, until the duration is over. All observers of an orchestrator share
    /// one queue: there should be one.
    public func observe(
        for duration: Duration,
        take: (OrchestratorEvent) -> Void
    ) async throws(OrchestratorError) {
        let request = try await request(.observe, OrchestrationObservationConfiguration(), deadline: duration)
        var framing = GRPCFraming()
        do {
            let stream = try await http.stream(request)
            while let bytes = try await stream.next() {
                for message in try framing.take(bytes) { take(try Self.event(message)) }
            }
            try Self.check(stream.headers, stream.trailers, of: .observe)
        } catch let error as TransportError where error.code == .timeout {
            return
        } catch {
            throw Self.error(error, of: .observe)
        }
    }

    private func call(
        _ method: OrchestratorMethod,
        _ message: some Message,
        deadline: Duration
    ) async throws(OrchestratorError) -> OrchestratorStatus {
        let request = try await request(method, message, deadline: deadline)
        do {
            let response = try await http.send(request)
            try Self.check(response.headers, response.trailers, of: method)
            var framing = GRPCFraming()
            guard let reply = try framing.take(response.body).first, framing.isComplete else {
                throw OrchestratorError(.failed, call: method.rawValue, message: "the answer holds no message")
            }
            let status = try OrchestrationStatus(serializedBytes: reply)
            return OrchestratorStatus(
                code: Int(status.code),
                message: status.message,
                activeThreads: Int(status.activeThreads)
            )
        } catch {
            throw Self.error(error, of: method)
        }
    }

    private func request(
        _ method: OrchestratorMethod,
        _ message: some Message,
        deadline: Duration
    ) async throws(OrchestratorError) -> HTTPRequest {
        var request = HTTPRequest(url: url + method.path, method: "POST")
        request.headers = ["Content-Type": "application/grpc+proto", "TE": "trailers"]
        do {
            request.body = GRPCFraming.frame(try message.serializedBytes())
        } catch {
            throw OrchestratorError(.failed, call: method.rawValue, message: "the request cannot be written")
        }
        guard request.body.count <= GRPCFraming.limit else {
            throw OrchestratorError(
                .tooLarge,
                call: method.rawValue,
                message: "blueprint and protobuf files have \(request.body.count) bytes, at most \(GRPCFraming.limit) go"
            )
        }
        request.version = .http2PriorKnowledge
        request.usesOwnConnection = true
        request.deadlines.total = deadline
        request.abstractSocket = try await connect?()
        return request
    }

    private static func check(
        _ headers: HTTPHeaders,
        _ trailers: HTTPHeaders,
        of method: OrchestratorMethod
    ) throws(OrchestratorError) {
        guard let status = GRPCStatus(headers: headers, trailers: trailers) else {
            throw OrchestratorError(.failed, call: method.rawValue, message: "the answer is none of gRPC")
        }
        guard status.code != 0 else { return }
        let code: OrchestratorError.Code =
            switch status.code {
            case GRPCStatus.unimplemented: .unimplemented
            case GRPCStatus.unavailable, 4: .unavailable
            case 8: .tooLarge
            default: .failed
            }
        throw OrchestratorError(code, call: method.rawValue, message: "\(status.name) \(status.message)")
    }

    private static func event(_ message: [UInt8]) throws -> OrchestratorEvent {
        let event = try OrchestrationEvent(serializedBytes: message)
        let detail = event.detail.sorted { $0.key < $1.key }
        return OrchestratorEvent(
            name: event.name,
            component: event.component,
            detail: detail.map { OrchestratorEvent.Detail(key: $0.key, value: $0.value) }
        )
    }

    private static func error(_ error: any Error, of method: OrchestratorMethod) -> OrchestratorError {
        switch error {
        case let error as OrchestratorError: error
        case let error as TransportError:
            OrchestratorError(
                error.code == .cancelled ? .cancelled : .unavailable,
                call: method.rawValue,
                message: "\(error.reason)"
            )
        default: OrchestratorError(.failed, call: method.rawValue, message: "\(error)")
        }
    }
}
