public import Secrets

/// A request to an http or https server.
///
///     var request = HTTPRequest(url: "https://example.org/items", method: "POST")
///     request.headers["Content-Type"] = "application/json"
///     request.authorization = .bearer(token)
///     request.body = Array(#"{"name":"x"}"#.utf8)
public struct HTTPRequest: Sendable {
    /// An absolute URL, percent-encoded, without user and password.
    public var url: String
    /// The method, as it is sent: `GET`, `POST`, `PATCH`.
    public var method: String
    /// Fields besides those that follow from the URL, the body and `authorization`.
    public var headers: HTTPHeaders
    /// Sent to the host of the URL only.
    public var authorization: HTTPAuthorization?
    public var body: [UInt8]
    /// Sent instead of `body`, for bodies that are secrets.
    public var secretBody: SecretBytes?
    public var version: Version
    /// Whether the request has a connection to itself, closed behind it.
    public var usesOwnConnection: Bool
    /// An abstract Unix socket to connect to instead of the host; no policy is asked then.
    public var abstractSocket: String?
    public var deadlines: HTTPDeadlines
    /// The most bytes of an answer's body that are read; a longer one ends with `TransportError.Code.tooLarge`.
    public var responseLimit: Int

    /// Which HTTP is spoken.
    @frozen
    public enum Version: Sendable, Hashable {
        /// HTTP/2 where TLS agrees on it, else HTTP/1.1.
        case automatic
        case http1
        /// HTTP/2 without TLS and without asking (RFC 9113, section 3.3).
        case http2PriorKnowledge
    }

    public init(
        url: String,
        method: String = "GET",
        headers: HTTPHeaders = HTTPHeaders(),
        authorization: HTTPAuthorization? = nil,
        body: [UInt8] = [],
        deadlines: HTTPDeadlines = HTTPDeadlines(),
        responseLimit: Int = 4 << 20
    ) {
        self.url = url
        self.method = method
        self.headers = headers
        self.authorization = authorization
        self.body = body
        version = .automatic
        usesOwnConnection = false
        self.deadlines = deadlines
        self.responseLimit = responseLimit
    }
}

/// Prints the method only: URL, headers and body may hold what must not get into a log.
extension HTTPRequest: CustomStringConvertible, CustomReflectable {
    public var description: String { "\(method) request" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension HTTPRequest {
    /// What must not be sent, or nil. Line ends would add header fields that nobody asked for.
    var problem: String? {
        guard Self.isToken(method) else { return "the method is no HTTP token" }
        for field in headers.fields {
            guard Self.isToken(field.name) else { return "a header name is no HTTP token" }
            guard field.value.utf8.allSatisfy(Self.isFieldByte) else {
                return "the header \(field.name) holds control characters"
            }
        }
        let isSendable = authorization?.value.withBytes { $0.allSatisfy(Self.isFieldByte) } ?? true
        return isSendable ? nil : "the credential holds control characters"
    }

    private static func isToken(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte.asciiLowercased)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "!#$%&'*+-.^_`|~".utf8.contains(byte)
            }
    }

    private static func isFieldByte(_ byte: UInt8) -> Bool { byte == 9 || (byte >= 0x20 && byte != 0x7F) }
}
