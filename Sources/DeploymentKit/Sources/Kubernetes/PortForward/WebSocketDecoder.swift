/// Turns the bytes of a server into messages (RFC 6455, section 5). Pure: it reads and writes nothing itself.
struct WebSocketDecoder: Sendable {
    /// What came, in its order.
    enum Event: Sendable, Hashable {
        /// A text or binary message, put together from its fragments.
        case message([UInt8])
        /// To be answered by a pong with the same payload.
        case ping([UInt8])
        /// Nothing more comes.
        case close
    }

    /// The largest message that is taken; an API server sends up to 32 KiB.
    static let messageLimit = 1 << 20
    private var pending: [UInt8] = []
    private var message: [UInt8]?
    private var isClosed = false

    /// Takes bytes as they come, cut anywhere.
    mutating func take(_ bytes: [UInt8]) throws(PortForwardError) -> [Event] {
        pending += bytes
        var events: [Event] = []
        var start = 0
        while !isClosed, let (frame, end) = try Self.frame(in: pending, from: start) {
            start = end
            if let event = try take(frame) { events.append(event) }
        }
        pending.removeFirst(start)
        return events
    }

    private mutating func take(_ frame: WebSocketFrame) throws(PortForwardError) -> Event? {
        switch frame.opcode {
        case .ping: return .ping(frame.payload)
        case .pong: return nil
        case .close:
            isClosed = true
            return .close
        case .continuation:
            guard let begun = message else { throw Self.violation("a fragment continues no message") }
            message = begun + frame.payload
        case .text, .binary:
            guard message == nil else { throw Self.violation("a message begins inside another") }
            message = frame.payload
        }
        guard let message, message.count <= Self.messageLimit else { throw Self.violation("a message is too large") }
        guard frame.isFinal else { return nil }
        self.message = nil
        return .message(message)
    }

    /// The frame at a place and where it ends; nil while it is not complete.
    private static func frame(
        in bytes: [UInt8],
        from start: Int
    ) throws(PortForwardError) -> (WebSocketFrame, end: Int)? {
        guard bytes.count - start >= 2 else { return nil }
        let (first, second) = (bytes[start], bytes[start + 1])
        guard first & 0x70 == 0, let opcode = WebSocketFrame.Opcode(rawValue: first & 0x0F) else {
            throw violation("a frame is of an unknown kind")
        }
        guard second & 0x80 == 0 else { throw violation("the server masks its frames") }
        let isFinal = first & 0x80 != 0
        guard !opcode.isControl || (isFinal && second <= 125) else { throw violation("a control frame is too large") }
        let lengthBytes = [126: 2, 127: 8][second, default: 0]
        guard bytes.count - start >= 2 + lengthBytes else { return nil }
        let length =
            lengthBytes == 0
            ? UInt64(second) : bytes[(start + 2)...].prefix(lengthBytes).reduce(0) { $0 << 8 | UInt64($1) }
        guard length <= messageLimit else { throw violation("a frame is too large") }
        let payload = start + 2 + lengthBytes
        guard bytes.count - payload >= Int(length) else { return nil }
        let end = payload + Int(length)
        return (WebSocketFrame(opcode: opcode, isFinal: isFinal, payload: Array(bytes[payload..<end])), end)
    }

    private static func violation(_ reason: String) -> PortForwardError { PortForwardError(.broken, reason: reason) }
}
