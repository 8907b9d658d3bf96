/// How long a request may take. The first deadline that passes ends it with `TransportError.Code.timeout`.
public struct HTTPDeadlines: Sendable, Hashable {
    /// Until the connection stands, with name resolution and TLS handshake.
    public var connect: Duration
    /// From the call to the last byte of the answer; nil for none.
    public var total: Duration?
    /// Without a byte in either direction once the connection stands; nil for none.
    public var idle: Duration?

    public init(connect: Duration = .seconds(10), total: Duration? = .seconds(30), idle: Duration? = nil) {
        self.connect = connect
        self.total = total
        self.idle = idle
    }
}

extension Duration {
    /// At least one, as zero means "no limit" to libcurl.
    var milliseconds: Int {
        let (seconds, attoseconds) = components
        guard seconds < 1 << 31 else { return 1 << 31 }
        return max(1, Int(seconds) * 1_000 + Int(attoseconds / 1_000_000_000_000_000))
    }
}
