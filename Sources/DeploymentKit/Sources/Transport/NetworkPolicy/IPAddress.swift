internal import CCurl
internal import Glibc

/// An IPv4 or IPv6 address.
public struct IPAddress: Sendable, Hashable, CustomStringConvertible {
    /// 4 or 16 bytes, the most significant one first.
    public let bytes: [UInt8]

    /// Reads `192.0.2.1` or `2001:db8::1`; nil for anything else, in particular for other numeric forms.
    public init?(_ text: String) {
        guard !text.utf8.contains(0) else { return nil }
        for (family, count) in [(AF_INET, 4), (AF_INET6, 16)] {
            var bytes = [UInt8](repeating: 0, count: count)
            if inet_pton(family, text, &bytes) == 1 {
                self.bytes = bytes
                return
            }
        }
        return nil
    }

    /// Four bytes of IPv4 or sixteen of IPv6; nil for another count.
    public init?(bytes: [UInt8]) {
        guard [4, 16].contains(bytes.count) else { return nil }
        self.bytes = bytes
    }

    /// The address in a socket address of libc; nil for another family.
    init?(_ address: UnsafePointer<sockaddr>) {
        let raw = UnsafeRawPointer(address)
        switch Int32(address.pointee.sa_family) {
        case AF_INET:
            let address = raw.loadUnaligned(as: sockaddr_in.self).sin_addr
            bytes = withUnsafeBytes(of: address) { Array($0) }
        case AF_INET6:
            let address = raw.loadUnaligned(as: sockaddr_in6.self).sin6_addr
            bytes = withUnsafeBytes(of: address) { Array($0) }
        default: return nil
        }
    }

    public var isIPv6: Bool { bytes.count == 16 }

    /// The IPv4 address that an IPv6 address stands for (mapped, compatible, NAT64, 6to4); otherwise the address.
    public var canonical: IPAddress {
        guard isIPv6, !isUnspecifiedOrLoopback,
            let position = Self.embeddings.first(where: { $0.range.contains(self) })?.position,
            let inner = IPAddress(bytes: Array(bytes[position..<position + 4]))
        else { return self }
        return inner
    }

    public var description: String {
        var text = [CChar](repeating: 0, count: 64)
        guard inet_ntop(isIPv6 ? AF_INET6 : AF_INET, bytes, &text, 64) != nil else { return "" }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// `::` and `::1` lie in the range of compatible addresses but are addresses of their own.
    private var isUnspecifiedOrLoopback: Bool {
        bytes.dropLast().allSatisfy { $0 == 0 } && bytes.suffix(1).allSatisfy { $0 <= 1 }
    }

    /// Where the four bytes of IPv4 begin.
    private static let embeddings: [(range: AddressRange, position: Int)] = [
        ("::/96", 12), ("::ffff:0:0/96", 12), ("64:ff9b::/96", 12), ("2002::/16", 2),
    ].compactMap { text, position in AddressRange(text).map { ($0, position) } }
}
