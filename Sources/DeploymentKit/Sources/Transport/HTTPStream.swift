/// An answer whose body is read as it comes: a watch, a log, a call of gRPC.
///
/// The server is slowed down while more than 256 KiB wait to be read. The transfer is aborted when the stream is
/// cancelled or let go.
///
///     let stream = try await client.stream(request)
///     while let bytes = try await stream.next() { parser.take(bytes) }
public final class HTTPStream: Sendable {
    public let status: Int
    public let headers: HTTPHeaders
    private let inbox: StreamInbox
    private let handle: LoopHandle

    init(head: StreamHead, inbox: StreamInbox, handle: LoopHandle) {
        status = head.status
        headers = head.headers
        self.inbox = inbox
        self.handle = handle
    }

    deinit { cancel() }

    /// The bytes that came since the last call, at least one, or nil at the end of the answer. One task at a time may
    /// wait; cancelling it aborts the transfer.
    /// - Throws: What ended the transfer early, also after some of the body has come.
    public func next() async throws(TransportError) -> [UInt8]? {
        try await handle.next(of: inbox.queue).get()
    }

    /// Fields that came after the body; complete once `next` gave nil.
    public var trailers: HTTPHeaders { inbox.trailers }

    /// Aborts the transfer; `next` throws `TransportError.Code.cancelled` from now on.
    public func cancel() { handle.cancel() }
}
