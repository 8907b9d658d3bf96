internal import TargetContract
internal import Transport

/// The way to a cloud's services: encrypted to where the network policy permits, without encryption only to networks
/// that the administrator allows by name. The same holds for endpoints out of the catalogue, whoever wrote it.
final class CloudTransport: Sendable {
    private let encrypted: HTTPClient
    private let plain: HTTPClient

    /// The most that an answer may hold; a catalogue of a large cloud has some ten thousand bytes.
    static let responseLimit = 2 << 20

    /// - Parameter authorities: certificates (PEM) that are trusted instead of the system's.
    init(policy: NetworkPolicy, authorities: [UInt8]?) {
        encrypted = HTTPClient(policy: policy, tls: TLSSettings(authorities: authorities), maximumInFlight: 8)
        var limited = policy
        limited.isLimitedToAllowed = true
        plain = HTTPClient(policy: limited, maximumInFlight: 8)
    }

    /// - Throws: `TransportError`.
    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        let isEncrypted = try URLParts(request.url).scheme == "https"
        return try await (isEncrypted ? encrypted : plain).send(request)
    }
}
