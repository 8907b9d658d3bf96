/// A web origin as browsers write it into the header `Origin`: scheme, host and port (RFC 6454).
struct Origin: Sendable, Hashable {
    private let scheme: String
    /// Lower case; an IPv6 address in brackets.
    private let host: String
    private let port: Int

    /// Reads `https://portal.example.org:8443`; nil for anything else, in particular for a path, a user or a list.
    init?(_ text: String) {
        for (scheme, usualPort) in [("https", 443), ("http", 80)] where text.lowercased().hasPrefix("\(scheme)://") {
            guard let place = Self.place(text.dropFirst(scheme.count + 3), usualPort: usualPort) else { return nil }
            self.scheme = scheme
            (host, port) = place
            return
        }
        return nil
    }

    /// Whether this is the origin of what is served at a host with optional port. A port that is not written is that of
    /// the origin's scheme: a proxy that ends TLS passes the host on without it.
    func isAt(_ authority: some StringProtocol) -> Bool {
        guard let place = Self.place(authority, usualPort: scheme == "https" ? 443 : 80) else { return false }
        return place.host == host && place.port == port
    }

    private static func place(_ text: some StringProtocol, usualPort: Int) -> (host: String, port: Int)? {
        let isBracketed = text.hasPrefix("[")
        let end = isBracketed ? text.firstIndex(of: "]").map(text.index(after:)) : text.firstIndex(of: ":")
        let host = text[..<(end ?? text.endIndex)]
        guard !host.isEmpty, !(isBracketed && end == nil), host.utf8.allSatisfy({ isSign($0, isBracketed) }) else {
            return nil
        }
        let rest = text[host.endIndex...]
        guard !rest.isEmpty else { return (host.lowercased(), usualPort) }
        let digits = rest.dropFirst()
        guard rest.hasPrefix(":"), (1...5).contains(digits.utf8.count),
            digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }), let port = Int(digits),
            (1...65_535).contains(port)
        else { return nil }
        return (host.lowercased(), port)
    }

    private static func isSign(_ byte: UInt8, _ isBracketed: Bool) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "-._".utf8.contains(byte)
            || isBracketed && "[:]".utf8.contains(byte)
    }
}
