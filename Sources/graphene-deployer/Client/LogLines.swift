/// Cuts the `node<TAB>text` lines of a log out of a byte stream. Pure.
struct LogLines {
    struct Line: Sendable, Hashable {
        /// Nil where the line has no tab; empty for what the host itself says at the end.
        var node: String?
        var text: String
    }

    private var rest: [UInt8] = []
    private let limit: Int

    /// - Parameter limit: longer lines are cut into pieces of so many bytes.
    init(limit: Int = 1 << 20) { self.limit = limit }

    /// The lines that are complete with these bytes.
    mutating func take(_ bytes: [UInt8]) -> [Line] {
        var lines: [Line] = []
        for byte in bytes {
            let isEnd = byte == UInt8(ascii: "\n")
            if isEnd || rest.count == limit { lines.append(line()) }
            if !isEnd { rest.append(byte) }
        }
        return lines
    }

    /// What came after the last line end; nil if nothing did.
    mutating func finish() -> Line? { rest.isEmpty ? nil : line() }

    private mutating func line() -> Line {
        defer { rest.removeAll(keepingCapacity: true) }
        guard let tab = rest.firstIndex(of: UInt8(ascii: "\t")) else {
            return Line(node: nil, text: String(decoding: rest, as: UTF8.self))
        }
        return Line(
            node: String(decoding: rest[..<tab], as: UTF8.self),
            text: String(decoding: rest[(tab + 1)...], as: UTF8.self)
        )
    }
}
