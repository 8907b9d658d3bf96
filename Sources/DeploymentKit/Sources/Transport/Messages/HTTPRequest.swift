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
    /// Sent instead of `body` where it is a secret; every copy is wiped once the request has ended.
    public var secretBody: SecretBytes?
    public var version = Version.automatic
    /// Whether the request gets a connection that no other request uses before, beside or after it.
    public var usesOwnConnection = false
    /// The name of an abstract Unix socket (unix(7)) that is connected to instead of the URL's host. Nothing leaves the
    /// machine then, so the network policy is not asked.
    public var abstractSocket: String?
    public var deadlines: HTTPDeadlines
    /// The most bytes of an answer's body that are read; a longer one ends with `TransportError.Code.tooLarge`.
    public var responseLimit: Int

    /// Which version of HTTP is spoken.
    @frozen public enum Version: Sendable, Hashable {
        /// Over TLS HTTP/2 where the server offers it, else HTTP/1.1.
        case automatic
        case http1
        /// HTTP/2 without asking (RFC 9113, section 3.3), as gRPC servers without TLS want it.
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
    package var problem: String? {
        guard Self.isToken(method) else { return "the method is no HTTP token" }
        for field in headers.fields {
            guard Self.isToken(field.name) else { return "a header name is no HTTP token" }
            guard field.value.utf8.allSatisfy(Self.isFieldByte) else {
                return "the header \(field.name) holds control characters"
            }
        }
        if let name = abstractSocket, !(1...107).contains(name.utf8.count) || name.utf8.contains(0) {
            return "the name of the abstract socket is empty, longer than 107 bytes or holds a NUL"
        }
        if let authorization, !Self.isToken(authorization.name) { return "a header name is no HTTP token" }
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
