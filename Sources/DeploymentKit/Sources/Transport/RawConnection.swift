/// A connection on which bytes go both ways, with TLS where its URL said https: the ground for protocols that HTTP
/// hands over to, such as WebSocket. Closed when let go.
public final class RawConnection: Sendable {
    private let input: ByteQueue
    private let handle: LoopHandle

    init(input: ByteQueue, handle: LoopHandle) {
        self.input = input
        self.handle = handle
    }

    deinit { close() }

    /// Sends all the bytes; returns when the system has taken them. Cancelling the task closes the connection.
    public func send(_ bytes: [UInt8]) async throws(TransportError) {
        let loop = handle.client.loop
        try await loop.run(handle.id, host: handle.host) { .write($0, bytes, $1) }.get()
    }

    /// The bytes that came since the last call, at least one, or nil when the other side sends no more. One task at a
    /// time may wait; cancelling it closes the connection.
    public func receive() async throws(TransportError) -> [UInt8]? { try await handle.next(of: input).get() }

    /// Closes at once; what waits for bytes ends with `TransportError.Code.cancelled`.
    public func close() { handle.cancel() }
}

extension HTTPClient {
    /// Opens a connection to the host of a URL, under the client's policy and TLS settings, and sends nothing.
    /// Of the deadlines `connect` and `total` hold until the connection stands.
    public func connect(
        to url: String,
        deadlines: HTTPDeadlines = HTTPDeadlines()
    ) async throws(TransportError) -> RawConnection {
        var request = HTTPRequest(url: url, deadlines: deadlines)
        request.version = .http1
        let job = try await job(for: request)
        let (id, input) = (loop.newID(), ByteQueue())
        try await loop.run(id, host: job.url.host) { .start($0, job, .connection(input, $1)) }.get()
        return RawConnection(input: input, handle: LoopHandle(client: self, id: id, host: job.url.host))
    }
}
