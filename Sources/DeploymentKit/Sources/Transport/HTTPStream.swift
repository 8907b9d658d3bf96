/// An answer that is read as it comes. Nothing is read ahead but what a small buffer holds; forgetting the stream ends
/// the transfer.
public final class HTTPStream: Sendable {
    public let status: Int
    public let headers: HTTPHeaders
    private let buffer: StreamBuffer
    private let loop: EventLoop
    private let id: Int

    init(status: Int, headers: HTTPHeaders, buffer: StreamBuffer, loop: EventLoop, id: Int) {
        self.status = status
        self.headers = headers
        self.buffer = buffer
        self.loop = loop
        self.id = id
    }

    deinit { cancel() }

    /// The next bytes of the body, at least one; nil at its end. For one caller at a time.
    public func next() async throws(TransportError) -> [UInt8]? {
        let loop = loop, id = id, buffer = buffer
        let result = await withTaskCancellationHandler {
            await buffer.next { loop.post(.resume(id)) }
        } onCancel: {
            loop.post(.cancel(id))
        }
        return try result.get()
    }

    /// The fields behind the body; complete once `next` has returned nil.
    public var trailers: HTTPHeaders { buffer.trailers }

    /// Ends the transfer; a later `next` throws `cancelled`.
    public func cancel() { loop.post(.cancel(id)) }
}

extension HTTPClient {
    /// Sends a request and returns as soon as the answer's header is there. The total deadline counts until the end of
    /// the body; nil is usual.
    public func stream(_ request: HTTPRequest) async throws(TransportError) -> HTTPStream {
        var job = try await job(request)
        let buffer = StreamBuffer()
        job.stream = buffer
        let id = loop.nextID()
        let head = await withTaskCancellationHandler {
            loop.start(id, job) { buffer.finish($0) }
            return await buffer.head()
        } onCancel: {
            loop.post(.cancel(id))
        }
        let (status, headers) = try head.get()
        return HTTPStream(status: status, headers: headers, buffer: buffer, loop: loop, id: id)
    }
}
