/// A frame of a WebSocket connection (RFC 6455, section 5.2).
struct WebSocketFrame: Sendable, Hashable {
    enum Opcode: UInt8, Sendable {
        case continuation = 0
        case text = 1
        case binary = 2
        case close = 8
        case ping = 9
        case pong = 10

        var isControl: Bool { rawValue >= 8 }
    }

    var opcode: Opcode
    /// Whether the message ends with this frame.
    var isFinal = true
    var payload: [UInt8] = []

    /// The frame as a client sends it.
    /// - Parameter mask: Four unpredictable bytes, new ones for each frame (section 5.3).
    func bytes(mask: [UInt8]) -> [UInt8] {
        var bytes = [opcode.rawValue | (isFinal ? 0x80 : 0)]
        bytes.reserveCapacity(payload.count + 14)
        switch payload.count {
        case 0...125: bytes.append(0x80 | UInt8(payload.count))
        case 126...0xFFFF:
            bytes.append(0x80 | 126)
            bytes += bigEndian(payload.count, bytes: 2)
        default:
            bytes.append(0x80 | 127)
            bytes += bigEndian(payload.count, bytes: 8)
        }
        bytes += mask
        for (position, byte) in payload.enumerated() { bytes.append(byte ^ mask[position & 3]) }
        return bytes
    }

    private func bigEndian(_ value: Int, bytes: Int) -> [UInt8] {
        (0..<bytes).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
}
