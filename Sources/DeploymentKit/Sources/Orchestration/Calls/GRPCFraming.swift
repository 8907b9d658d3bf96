/// Length-prefixed messages (gRPC over HTTP/2, "Length-Prefixed-Message"): a flag byte, four bytes of length, the
/// message. Pure.
struct GRPCFraming {
    /// More is refused; the orchestrator itself takes no more.
    static let limit = 4 << 20
    private var rest: [UInt8] = []

    static func frame(_ message: [UInt8]) -> [UInt8] {
        let count = UInt32(message.count)
        return [0] + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: count >> $0) } + message
    }

    /// The messages that are complete with these bytes.
    /// - Throws: for a compressed message and for one that is too large.
    mutating func take(_ bytes: [UInt8]) throws(FramingError) -> [[UInt8]] {
        rest += bytes
        var messages: [[UInt8]] = []
        var position = 0
        while rest.count - position >= 5 {
            guard rest[position] == 0 else { throw FramingError(description: "a message is compressed") }
            let count = rest[(position + 1)..<(position + 5)].reduce(0) { $0 << 8 | Int($1) }
            guard count <= Self.limit else { throw FramingError(description: "a message has \(count) bytes") }
            guard rest.count - position - 5 >= count else { break }
            messages.append(Array(rest[(position + 5)..<(position + 5 + count)]))
            position += 5 + count
        }
        rest.removeFirst(position)
        return messages
    }

    /// Whether the bytes end with a whole message.
    var isComplete: Bool { rest.isEmpty }
}

/// Bytes that are no messages of gRPC.
struct FramingError: Error, CustomStringConvertible {
    let description: String
}
