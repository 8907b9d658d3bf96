/// The YAML 1.2 core schema (section 10.3.2) for scalars without quotes.
enum PlainScalar {
    static func resolve(_ text: String) -> Document {
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .bool(true)
        case "false", "False", "FALSE": return .bool(false)
        default: break
        }
        guard let first = text.utf8.first, (first | 0) <= UInt8(ascii: "9") else { return .string(text) }
        if let value = Int(text), String(value) == text { return .number(NumberLiteral(value)) }
        if isDecimal(text) { return .number(NumberLiteral(checked: text)) }
        return .string(text)
    }

    /// A fraction or an exponent as JSON writes it; other spellings stay strings.
    private static func isDecimal(_ text: String) -> Bool {
        guard text.contains(where: { $0 == "." || $0 == "e" || $0 == "E" }) else { return false }
        guard let value = try? Document(json: text) else { return false }
        if case .number = value { return true }
        return false
    }

    /// Whether a string written without quotes is read back as that same string by YAML 1.1 and 1.2 readers alike.
    ///
    /// Stricter than the grammar: a letter or slash in front, then letters, digits and `._/@-` or a colon between
    /// two of them, and none of the words that some reader takes for a boolean or null.
    static func isSafe(_ text: String) -> Bool {
        var previous = UInt8(ascii: ":")
        for (position, byte) in text.utf8.enumerated() {
            let isLetter = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
            let isInner =
                isLetter || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "._/@-".utf8.contains(byte)
            if position == 0 {
                guard isLetter || byte == UInt8(ascii: "/") else { return false }
            } else {
                guard isInner || (byte == UInt8(ascii: ":") && previous != UInt8(ascii: ":")) else { return false }
            }
            previous = byte
        }
        return previous != UInt8(ascii: ":") && !reserved.contains(text.lowercased())
    }

    private static let reserved: Set<String> = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
}
