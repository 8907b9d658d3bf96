/// Goes through a header's value from left to right.
struct HeaderScanner {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

    var isAtEnd: Bool { position == bytes.count }

    /// Steps over a sign, if it is the next one.
    mutating func take(_ sign: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == sign else { return false }
        position += 1
        return true
    }

    mutating func skipBlanks() {
        while position < bytes.count, Self.isBlank(bytes[position]) { position += 1 }
    }

    /// What comes before one of the signs, without blanks around it.
    mutating func text(until signs: [UInt8]) -> String {
        skipBlanks()
        let end = bytes[position...].firstIndex(where: signs.contains) ?? bytes.count
        var text = bytes[position..<end]
        position = end
        while let last = text.last, Self.isBlank(last) { text.removeLast() }
        return String(decoding: text, as: UTF8.self)
    }

    /// A parameter's value, quoted or not, up to the next semicolon; nil where a quote is not closed, or something
    /// follows it.
    mutating func value() -> String? {
        skipBlanks()
        guard take(UInt8(ascii: "\"")) else { return text(until: [UInt8(ascii: ";")]) }
        var text: [UInt8] = []
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == UInt8(ascii: "\"") {
                skipBlanks()
                guard isAtEnd || bytes[position] == UInt8(ascii: ";") else { return nil }
                return String(decoding: text, as: UTF8.self)
            }
            if byte == UInt8(ascii: "\\"), isEscape {
                text.append(bytes[position])
                position += 1
            } else {
                text.append(byte)
            }
        }
        return nil
    }

    /// Whether the backslash just passed belongs to the sign after it. curl's elder versions escape quotes and
    /// backslashes so; browsers write `%22` and leave a backslash alone, also where it is the last sign of a name.
    private var isEscape: Bool {
        guard position < bytes.count else { return false }
        return bytes[position] == UInt8(ascii: "\\")
            || bytes[position] == UInt8(ascii: "\"") && position + 1 < bytes.count
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
}
