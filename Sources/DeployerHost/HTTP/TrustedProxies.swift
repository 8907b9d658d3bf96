internal import Transport

/// The proxies whose `X-Forwarded-…` headers count. Anybody else could write what he likes into them.
struct TrustedProxies: Sendable {
    private let ranges: [AddressRange]

    /// - Parameter ranges: where the proxies are; none means that no such header counts.
    init(_ ranges: [AddressRange]) { self.ranges = ranges }

    /// Whether headers count in a request of that peer.
    /// - Parameter peer: the address at the other end of the connection, without port; nil where it has none.
    func trust(_ peer: String?) -> Bool {
        guard let peer, let address = IPAddress(peer).map(Self.plain) else { return false }
        return ranges.contains { $0.contains(address) }
    }

    /// A listener on `::` sees IPv4 peers as `::ffff:192.0.2.1`. No other IPv6 address stands for an IPv4 one here: what
    /// comes through a translator or tunnel is not the proxy's own connection.
    private static func plain(_ address: IPAddress) -> IPAddress {
        guard mapped?.contains(address) == true else { return address }
        return IPAddress(bytes: Array(address.bytes.suffix(4))) ?? address
    }

    private static let mapped = AddressRange("::ffff:0:0/96")
}
