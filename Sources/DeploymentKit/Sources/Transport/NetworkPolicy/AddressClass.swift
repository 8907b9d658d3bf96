/// What an address is for, as far as it matters to whether a server may be asked to call it.
@frozen
public enum AddressClass: String, Sendable, Hashable, CaseIterable {
    /// Reachable from everywhere.
    case global
    /// This machine.
    case loopback
    /// The local link (RFC 3927, RFC 4291).
    case linkLocal
    /// A network of its owner (RFC 1918, RFC 4193), or one shared behind a carrier (RFC 6598).
    case privateUse
    /// No host at all: `0.0.0.0/8`, `::`.
    case unspecified
    case multicast
    /// Where clouds hand out credentials to their machines.
    case metadata
    /// Set aside for documentation, benchmarks, tunnels or later.
    case reserved
}

extension IPAddress {
    /// The class of the address, or of the IPv4 address that it stands for.
    public var addressClass: AddressClass {
        let address = canonical
        return AddressClass.table.first { $0.range.contains(address) }?.kind ?? .global
    }
}

extension AddressClass {
    /// As a message calls an address of this class.
    var noun: String {
        switch self {
        case .global: "a public address"
        case .loopback: "a loopback address"
        case .linkLocal: "a link-local address"
        case .privateUse: "a private address"
        case .unspecified: "an unspecified address"
        case .multicast: "a multicast address"
        case .metadata: "a metadata address of a cloud"
        case .reserved: "a reserved address"
        }
    }

    /// Whether an administrator may allow addresses of this class. Nobody has a reason to call the others.
    var isAllowable: Bool {
        switch self {
        case .global, .loopback, .linkLocal, .privateUse, .reserved: true
        case .unspecified, .multicast, .metadata: false
        }
    }

    /// The first range that contains an address decides.
    fileprivate static let table: [(range: AddressRange, kind: AddressClass)] = [
        (AddressClass.metadata, ["169.254.169.254", "169.254.170.2", "100.100.100.200", "fd00:ec2::254"]),
        (.unspecified, ["0.0.0.0/8", "::"]),
        (.loopback, ["127.0.0.0/8", "::1"]),
        (.linkLocal, ["169.254.0.0/16", "fe80::/10"]),
        (.privateUse, ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7", "fec0::/10"]),
        (.multicast, ["224.0.0.0/4", "ff00::/8"]),
        (.reserved, ["192.0.0.0/24", "192.0.2.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24"]),
        (.reserved, ["240.0.0.0/4", "100::/64", "64:ff9b:1::/48", "2001::/32", "2001:db8::/32"]),
    ].flatMap { kind, ranges in ranges.compactMap { text in AddressRange(text).map { ($0, kind) } } }
}
