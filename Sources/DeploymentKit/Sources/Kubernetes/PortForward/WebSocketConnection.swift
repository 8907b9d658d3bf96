internal import Synchronization
internal import Transport

/// A WebSocket to the API server: one task reads, any may send.
final class WebSocketConnection: Sendable {
    private struct Incoming {
        var decoder = WebSocketDecoder()
        var events: [WebSocketDecoder.Event] = []
    }

    private let connection: RawConnection
    private let incoming = Mutex(Incoming())

    private init(_ connection: RawConnection) { self.connection = connection }

    /// Connects and upgrades, within the deadline.
    static func open(
        client: HTTPClient,
        url: URLParts,
        authorization: HTTPAuthorization?,
        deadline: Duration
    ) async throws(PortForwardError) -> WebSocketConnection {
        let started = ContinuousClock.now
        let deadlines = HTTPDeadlines(connect: deadline, total: deadline)
        let connection = try await translated { () async throws(TransportError) in
            try await client.connect(to: url.text, deadlines: deadlines)
        }
        let socket = WebSocketConnection(connection)
        let timer = Task {
            try await Task.sleep(for: deadline - started.duration(to: .now))
            connection.close()
        }
        defer { timer.cancel() }
        do {
            try await socket.upgrade(url, authorization)
            return socket
        } catch {
            guard error.code == .cancelled, !Task.isCancelled, started.duration(to: .now) >= deadline else {
                throw error
            }
            throw PortForwardError(.timeout, reason: "the API server did not answer within the deadline")
        }
    }

    /// The next message, or nil when the server closes. Pings are answered meanwhile.
    func next() async throws(PortForwardError) -> [UInt8]? {
        while true {
            let event = incoming.withLock { $0.events.isEmpty ? nil : $0.events.removeFirst() }
            switch event {
            case .message(let bytes): return bytes
            case .ping(let payload): try await send(WebSocketFrame(opcode: .pong, payload: payload))
            case .close: return nil
            case nil:
                guard let bytes = try await receive() else { return nil }
                try take(bytes)
            }
        }
    }

    func send(_ frame: WebSocketFrame) async throws(PortForwardError) {
        var random = SystemRandomNumberGenerator()
        let mask = (0..<4).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        let bytes = frame.bytes(mask: mask)
        try await Self.translated { () async throws(TransportError) in try await self.connection.send(bytes) }
    }

    func close() { connection.close() }

    private func upgrade(_ url: URLParts, _ authorization: HTTPAuthorization?) async throws(PortForwardError) {
        let handshake = WebSocketHandshake()
        let request = handshake.request(for: url, authorization: authorization)
        try await Self.translated { () async throws(TransportError) in try await self.connection.send(request) }
        var bytes: [UInt8] = []
        var count: Int?
        while count == nil {
            guard let more = try await receive() else {
                throw PortForwardError(.broken, reason: "the API server closed the connection")
            }
            bytes += more
            count = try WebSocketHandshake.headCount(in: bytes)
        }
        var body = Array(bytes[(count ?? 0)...])
        guard let refusal = try handshake.check(head: Array(bytes.prefix(count ?? 0))) else { return try take(body) }
        let limit = min(refusal.length ?? Self.bodyLimit, Self.bodyLimit)
        while body.count < limit, let more = try? await receive() {
            body += more
            if refusal.length == nil, body.suffix(5).elementsEqual("0\r\n\r\n".utf8) { break }
        }
        throw WebSocketHandshake.refusal(status: refusal.status, body: body)
    }

    private static let bodyLimit = 64 << 10

    private func take(_ bytes: [UInt8]) throws(PortForwardError) {
        try incoming.withLock { (incoming) throws(PortForwardError) in
            incoming.events += try incoming.decoder.take(bytes)
        }
    }

    private func receive() async throws(PortForwardError) -> [UInt8]? {
        try await Self.translated { () async throws(TransportError) in try await self.connection.receive() }
    }

    private static func translated<Value: Sendable>(
        _ call: () async throws(TransportError) -> Value
    ) async throws(PortForwardError) -> Value {
        do {
            return try await call()
        } catch {
            throw PortForwardError(error)
        }
    }
}
