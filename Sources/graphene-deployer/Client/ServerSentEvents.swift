/// Reads server-sent events (WHATWG HTML, section 9.2) from a byte stream that may be cut anywhere. Pure.
struct ServerSentEvents {
    /// One event, complete with the empty line behind it.
    struct Message: Sendable, Hashable {
        /// What stands behind `event:`; `message` where nothing does.
        var kind: String
        /// The `data:` lines, with line feeds between them.
        var data: String
    }

    /// A stream that is not read on: one event of it is larger than anything that is sent.
    struct TooLarge: Error, Hashable {
        let limit: Int
    }

    /// The `id:` of the last event that was complete, also of one without data; nil as long as there was none.
    private(set) var lastID: String?
    /// What the server asks to wait before the next connection, in milliseconds.
    private(set) var retry: Int?

    private let limit: Int
    private var line: [UInt8] = []
    private var isAtStart = true
    private var followsReturn = false
    private var kind = ""
    private var data: [String] = []
    private var pendingID: String?
    private var size = 0

    /// - Parameter limit: the most bytes that one event may have, its comments included.
    init(limit: Int = 1 << 20) { self.limit = limit }

    /// The events that are complete with these bytes.
    mutating func take(_ bytes: some Sequence<UInt8>) throws(TooLarge) -> [Message] {
        var messages: [Message] = []
        for byte in bytes {
            let isSecondHalf = followsReturn && byte == UInt8(ascii: "\n")
            followsReturn = byte == UInt8(ascii: "\r")
            if isSecondHalf { continue }
            guard byte == UInt8(ascii: "\n") || followsReturn else {
                size += 1
                guard size <= limit else { throw TooLarge(limit: limit) }
                line.append(byte)
                continue
            }
            if let message = endLine() { messages.append(message) }
        }
        return messages
    }

    private mutating func endLine() -> Message? {
        var content = line[...]
        line.removeAll(keepingCapacity: true)
        if isAtStart, content.starts(with: [0xEF, 0xBB, 0xBF]) { content = content.dropFirst(3) }
        isAtStart = false
        if content.isEmpty { return endEvent() }
        let end = content.firstIndex(of: UInt8(ascii: ":")) ?? content.endIndex
        var value = content[end...].dropFirst()
        if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
        setField(String(decoding: content[..<end], as: UTF8.self), to: String(decoding: value, as: UTF8.self))
        return nil
    }

    /// Comments are fields without a name.
    private mutating func setField(_ name: String, to value: String) {
        switch name {
        case "event": kind = value
        case "data": data.append(value)
        case "id" where !value.utf8.contains(0): pendingID = value
        case "retry" where !value.isEmpty && value.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains):
            retry = Int(value) ?? retry
        default: break
        }
    }

    private mutating func endEvent() -> Message? {
        defer { (kind, data, size) = ("", [], 0) }
        lastID = pendingID ?? lastID
        guard !data.isEmpty else { return nil }
        return Message(kind: kind.isEmpty ? "message" : kind, data: data.joined(separator: "\n"))
    }
}
