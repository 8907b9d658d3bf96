/// Why a request brought no answer. An answer of any status is no error.
///
/// Holds the host and a short reason only: never a header, a body, a query or a credential.
public struct TransportError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of obstacle it was. New codes may come; treat an unknown one like `failed`.
    public struct Code: RawRepresentable, Sendable, Hashable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The URL is none that this client calls.
        public static let invalidURL = Code(rawValue: "invalid-url")
        /// A method, a header or a credential that can't be sent.
        public static let invalidRequest = Code(rawValue: "invalid-request")
        /// The host name has no address.
        public static let unresolvable = Code(rawValue: "unresolvable")
        /// Nobody accepts the connection.
        public static let unreachable = Code(rawValue: "unreachable")
        /// The encrypted connection failed; most often the certificate is not trusted.
        public static let tls = Code(rawValue: "tls")
        /// A deadline passed.
        public static let timeout = Code(rawValue: "timeout")
        /// The answer is larger than the request's cap.
        public static let tooLarge = Code(rawValue: "too-large")
        /// The task was cancelled or the client shut down.
        public static let cancelled = Code(rawValue: "cancelled")
        /// The network policy does not permit an address of the host.
        public static let refusedByPolicy = Code(rawValue: "refused-by-policy")
        /// Anything else.
        public static let failed = Code(rawValue: "failed")
    }

    public var code: Code
    /// The host of the URL; empty where there is none.
    public var host: String
    /// Why, as a phrase without a full stop.
    public var reason: String
    /// Whether a deadline has passed before anything of the request was sent: before the host's name was resolved, or
    /// before there was a connection.
    public var isBeforeSending = false

    /// Unprintable characters of the reason are left out, and at most 200 are kept: parts of it may come from the
    /// other side, for instance out of a certificate.
    public init(_ code: Code, host: String, reason: String) {
        self.code = code
        self.host = Self.cleaned(host)
        self.reason = Self.cleaned(reason)
    }

    public var description: String { host.isEmpty ? reason : "\(host): \(reason)" }

    private static func cleaned(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.filter { (0x20...0x7E).contains($0.value) }.prefix(200)))
    }
}
