internal import Transport

/// Why a port of a pod can't be reached through the API server.
public struct PortForwardError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of obstacle it was. New codes may come; treat an unknown one like `broken`.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// The text of the code, as JSON and logs have it.
        public let rawValue: String
        /// A code by its text, also one that this version does not know.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// There is no connection to the API server: address, policy, certificate.
        public static let unreachable = Code(rawValue: "unreachable")
        /// The API server refused with an HTTP status.
        public static let refused = Code(rawValue: "refused")
        /// The API server does not speak `v4.channel.k8s.io`.
        public static let subprotocol = Code(rawValue: "subprotocol")
        /// The deadline passed.
        public static let timeout = Code(rawValue: "timeout")
        /// The task was cancelled or the client shut down.
        public static let cancelled = Code(rawValue: "cancelled")
        /// The other side broke the connection or the rules of WebSocket.
        public static let broken = Code(rawValue: "broken")
    }

    /// What kind of obstacle it is.
    public var code: Code
    /// The HTTP status where one came that is no 101.
    public var status: Int?
    /// Why, as a phrase without a full stop; the API server's own message where it gave one.
    public var reason: String

    /// Unprintable characters of the reason are left out, and at most 500 are kept.
    public init(_ code: Code, status: Int? = nil, reason: String) {
        self.code = code
        self.status = status
        self.reason = Self.printable(reason)
    }

    init(_ error: TransportError) {
        switch error.code {
        case .timeout: self.init(.timeout, reason: error.description)
        case .cancelled: self.init(.cancelled, reason: error.description)
        default: self.init(.unreachable, reason: error.description)
        }
    }

    /// What failed and why, for people.
    public var description: String {
        guard let status else { return "port-forward: \(reason)" }
        let remedy = status == 403 ? "; the user needs the verbs get and create on pods/portforward" : ""
        return "port-forward: the API server answered \(status): \(reason)\(remedy)"
    }

    static func printable(_ text: String) -> String {
        String(
            String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }.prefix(500)))
    }
}
