/// Messages of gRPC in a stream of bytes: one byte that says whether it is compressed, four for the length (big
/// endian), then the message. Pure: bytes in, messages out.
struct MessageFrames {
    /// The most bytes of a message that are taken; what gRPC servers permit by default.
    static let defaultLimit = 4 << 20

    /// Why a stream is no sequence of messages.
    enum Problem: Error, Hashable {
        /// The orchestrator was not told that compression is understood.
        case compressed
        case tooLarge(Int)
    }

    private var buffer: [UInt8] = []
    private let limit: Int

    init(limit: Int = MessageFrames.defaultLimit) { self.limit = limit }

    /// A message with its prefix.
    static func framed(_ message: [UInt8]) -> [UInt8] {
        let count = UInt32(message.count)
        return [0] + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: count >> $0) } + message
    }

    /// Whether no message has begun that is not complete.
    var isComplete: Bool { buffer.isEmpty }

    /// Takes the next bytes and gives the messages that are complete now.
    mutating func take(_ bytes: [UInt8]) throws(Problem) -> [[UInt8]] {
        buffer += bytes
        var messages: [[UInt8]] = []
        var start = 0
        while buffer.count - start >= 5 {
            guard buffer[start] == 0 else { throw .compressed }
            let count = buffer[(start + 1)..<(start + 5)].reduce(0) { $0 << 8 | Int($1) }
            guard count <= limit else { throw .tooLarge(count) }
            guard buffer.count - start - 5 >= count else { break }
            messages.append(Array(buffer[(start + 5)..<(start + 5 + count)]))
            start += 5 + count
        }
        buffer.removeFirst(start)
        return messages
    }
}
