public import Transport

/// One TCP connection to a port of a pod, through the API server (`v4.channel.k8s.io` over WebSocket).
///
/// This process reaches it through an abstract Unix socket that accepts exactly one connection, and none of another
/// process. Closed when let go.
///
///     let forward = try await PortForward.open(client: client, server: server, authorization: token,
///         namespace: "graphene", pod: "orchestrator-0", port: 8061)
///     var request = HTTPRequest(url: "http://orchestrator/")
///     request.abstractSocket = forward.socketName
///     request.usesOwnConnection = true
public final class PortForward: Sendable {
    /// For `HTTPRequest.abstractSocket`.
    public let socketName: String
    private let pump: PortForwardPump

    private init(socket: WebSocketConnection, local: LocalSocket) {
        socketName = local.name
        pump = PortForwardPump(socket: socket, local: local)
    }

    deinit { close() }

    /// Opens a forward. Needs the verbs `get` and, on newer servers, `create` on `pods/portforward`.
    /// - Parameters:
    ///   - client: Has the cluster's TLS settings and network policy.
    ///   - server: The API server's URL.
    ///   - deadline: Until the forward stands.
    public static func open(
        client: HTTPClient,
        server: String,
        authorization: HTTPAuthorization?,
        namespace: String,
        pod: String,
        port: Int,
        deadline: Duration = .seconds(10)
    ) async throws(PortForwardError) -> PortForward {
        let url = try url(server: server, authorization, namespace: namespace, pod: pod, port: port)
        let socket = try await WebSocketConnection.open(
            client: client,
            url: url,
            authorization: authorization,
            deadline: deadline
        )
        do {
            return PortForward(socket: socket, local: try LocalSocket(client: client))
        } catch {
            throw PortForwardError(error)
        }
    }

    /// Whether something accepts connections on that port: the node reports an error within a second if not.
    /// - Throws: If the API server does not permit or manage the forward.
    public static func probe(
        client: HTTPClient,
        server: String,
        authorization: HTTPAuthorization?,
        namespace: String,
        pod: String,
        port: Int,
        deadline: Duration = .seconds(10)
    ) async throws(PortForwardError) -> Bool {
        let url = try url(server: server, authorization, namespace: namespace, pod: pod, port: port)
        let socket = try await WebSocketConnection.open(
            client: client,
            url: url,
            authorization: authorization,
            deadline: deadline
        )
        defer { socket.close() }
        let timer = Task {
            try await Task.sleep(for: .seconds(1))
            socket.close()
        }
        defer { timer.cancel() }
        var channels = PortForwardChannels()
        while let message = try await next(of: socket) {
            guard let event = try channels.take(message) else { continue }
            if case .failure = event { return false }
            return true
        }
        return true
    }

    /// Why the node could not forward, in its own words; nil while there is no such trouble.
    public var failure: String? { pump.failure }

    /// Ends the forward and the connection to its socket.
    public func close() { pump.close() }

    /// Nil when the second is over or the server closes.
    private static func next(of socket: WebSocketConnection) async throws(PortForwardError) -> [UInt8]? {
        do {
            return try await socket.next()
        } catch {
            guard error.code == .cancelled, !Task.isCancelled else { throw error }
            return nil
        }
    }

    private static func url(
        server: String,
        _ authorization: HTTPAuthorization?,
        namespace: String,
        pod: String,
        port: Int
    ) throws(PortForwardError) -> URLParts {
        if let problem = HTTPRequest(url: server, authorization: authorization).problem {
            throw PortForwardError(.unreachable, reason: problem)
        }
        do {
            return try URLParts(server)
                .appending(segments: ["api", "v1", "namespaces", namespace, "pods", pod, "portforward"])
                .with(query: ["ports": "\(port)"])
        } catch {
            throw PortForwardError(error)
        }
    }
}
