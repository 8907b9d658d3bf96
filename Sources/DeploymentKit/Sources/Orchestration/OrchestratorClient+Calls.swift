internal import Transport

extension OrchestratorClient {
    /// One call with one message and one reply.
    func call(_ path: String, _ message: [UInt8], deadline: Duration) async throws(OrchestratorError) -> [UInt8] {
        let request = try await request(path, message, deadline: deadline)
        let response: HTTPResponse
        do { response = try await client.send(request) } catch { throw OrchestratorError(error, call: path) }
        try Self.checkHead(response.status, response.headers, call: path)
        try Self.checkStatus(trailers: response.trailers, headers: response.headers, call: path)
        var frames = MessageFrames()
        let messages: [[UInt8]]
        do { messages = try frames.take(response.body) } catch { throw OrchestratorError(error, call: path) }
        guard messages.count == 1, frames.isComplete else {
            throw OrchestratorError(.invalidAnswer, call: path, message: "\(messages.count) messages instead of one")
        }
        return messages[0]
    }

    /// A request as the protocol wants it (grpc/doc/PROTOCOL-HTTP2.md).
    func request(_ path: String, _ message: [UInt8], deadline: Duration) async throws(OrchestratorError) -> HTTPRequest
    {
        guard message.count <= MessageFrames.defaultLimit else {
            throw OrchestratorError(.tooLarge, call: path, message: "\(message.count) bytes")
        }
        let (socket, authority) = try await address(path)
        let milliseconds = min(max(deadline / .milliseconds(1), 1), 99_999_999)
        var request = HTTPRequest(
            url: "http://\(authority)\(path)",
            method: "POST",
            headers: [
                "Content-Type": "application/grpc", "TE": "trailers", "grpc-timeout": "\(Int(milliseconds))m",
            ],
            body: MessageFrames.framed(message),
            deadlines: HTTPDeadlines(connect: min(deadline, .seconds(10)), total: deadline)
        )
        request.version = .http2PriorKnowledge
        request.usesOwnConnection = true
        request.abstractSocket = socket
        return request
    }

    private func address(_ path: String) async throws(OrchestratorError) -> (socket: String?, authority: String) {
        switch endpoint {
        case .server(let host, let port): return (nil, "\(host.contains(":") ? "[\(host)]" : host):\(port)")
        case .socket(let connect):
            do {
                return (try await connect(), "orchestrator:8061")
            } catch is CancellationError {
                throw OrchestratorError(.cancelled, call: path, message: "")
            } catch {
                throw OrchestratorError(.unavailable, call: path, message: "\(error)")
            }
        }
    }

    static func checkHead(_ status: Int, _ headers: HTTPHeaders, call: String) throws(OrchestratorError) {
        let type = headers["content-type"] ?? ""
        guard status == 200, type.hasPrefix("application/grpc") else {
            throw OrchestratorError(
                .invalidAnswer, call: call, message: "HTTP status \(status), content type \"\(type)\"")
        }
    }

    static func checkStatus(trailers: HTTPHeaders, headers: HTTPHeaders, call: String) throws(OrchestratorError) {
        guard let status = GRPCStatus(trailers: trailers, headers: headers) else {
            throw OrchestratorError(.invalidAnswer, call: call, message: "the answer ends without a status of gRPC")
        }
        guard status.code == .ok else { throw OrchestratorError(status, call: call) }
    }
}
