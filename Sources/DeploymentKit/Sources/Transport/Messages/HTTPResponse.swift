/// An answer, whatever its status: 3xx, 4xx and 5xx are for the caller to judge. Redirects are never followed.
public struct HTTPResponse: Sendable, Hashable {
    public var status: Int
    public var headers: HTTPHeaders
    /// The bytes as sent; no content coding is asked for and none is undone.
    public var body: [UInt8]
    /// Fields that came after the body, by HTTP/2 or chunked coding. libcurl drops those of an HTTP/2 answer with a
    /// Content-Length, which gRPC answers don't have.
    public var trailers: HTTPHeaders

    public init(
        status: Int,
        headers: HTTPHeaders = HTTPHeaders(),
        body: [UInt8] = [],
        trailers: HTTPHeaders = HTTPHeaders()
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.trailers = trailers
    }
}

/// Prints status and size only.
extension HTTPResponse: CustomStringConvertible, CustomReflectable {
    public var description: String { "answer \(status), \(body.count) bytes" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
