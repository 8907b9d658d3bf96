/// A range of addresses as CIDR writes it: `10.0.0.0/8`, `fc00::/7`; an address alone is a range of one.
public struct AddressRange: Sendable, Hashable, CustomStringConvertible {
    /// The first address.
    public let base: IPAddress
    /// How many leading bits all addresses share.
    public let prefixLength: Int

    /// Nil unless address and length are well-formed. Bits behind the prefix must be zero: `10.1.0.0/8` is more
    /// likely a slip than a range.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let base = parts.first.flatMap({ IPAddress(String($0)) }) else { return nil }
        let width = base.bytes.count * 8
        var length = width
        if parts.count == 2 {
            guard parts[1].utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
                let written = Int(parts[1]), (0...width).contains(written)
            else { return nil }
            length = written
        }
        guard base.bytes == Self.masked(base.bytes, length) else { return nil }
        self.base = base
        prefixLength = length
    }

    /// Whether the address is of this family and in the range; addresses are taken as they are.
    public func contains(_ address: IPAddress) -> Bool {
        address.bytes.count == base.bytes.count && Self.masked(address.bytes, prefixLength) == base.bytes
    }

    public var description: String { "\(base)/\(prefixLength)" }

    private static func masked(_ bytes: [UInt8], _ length: Int) -> [UInt8] {
        bytes.enumerated().map { position, byte in
            let bits = min(8, max(0, length - position * 8))
            return byte & UInt8(truncatingIfNeeded: 0xFF00 >> bits)
        }
    }
}
