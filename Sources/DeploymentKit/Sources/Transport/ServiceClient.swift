/// Sends requests to servers whose addresses an administrator has written: encrypted to where the network policy permits,
/// without encryption only to networks that it allows by name.
///
/// The same holds for addresses that such a server hands out, whoever wrote them.
public final class ServiceClient: Sendable {
    private let encrypted: HTTPClient
    private let plain: HTTPClient

    /// - Parameters:
    ///   - tls: whom is trusted, and how the client identifies itself.
    ///   - maximumInFlight: how many requests are under way at once; see `HTTPClient`.
    public init(policy: NetworkPolicy, tls: TLSSettings = TLSSettings(), maximumInFlight: Int = 8) {
        encrypted = HTTPClient(policy: policy, tls: tls, maximumInFlight: maximumInFlight)
        var limited = policy
        limited.isLimitedToAllowed = true
        plain = HTTPClient(policy: limited, maximumInFlight: maximumInFlight)
    }

    /// Sends a request and reads the whole answer; see `HTTPClient.send(_:)`.
    public func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        let isEncrypted = try URLParts(request.url).scheme == "https"
        return try await (isEncrypted ? encrypted : plain).send(request)
    }
}
