extension Document {
    /// How a JSON text is laid out.
    @frozen
    public enum JSONLayout: Sendable {
        /// No blanks, members in their order.
        case compact
        /// Two blanks per level, members in their order, a newline at the end.
        case pretty
        /// No blanks, members sorted by the bytes of their names: one text for one value, to be hashed.
        case canonical
    }

    /// The value as JSON in UTF-8. Slashes and characters beyond ASCII are written as they are.
    public func json(_ layout: JSONLayout = .compact) -> [UInt8] {
        var writer = JSONWriter(layout: layout)
        writer.write(self, level: 0)
        if layout == .pretty { writer.bytes.append(UInt8(ascii: "\n")) }
        return writer.bytes
    }

    /// The value as JSON text.
    public func jsonText(_ layout: JSONLayout = .compact) -> String { String(decoding: json(layout), as: UTF8.self) }
}

struct JSONWriter {
    let layout: Document.JSONLayout
    var bytes: [UInt8] = []

    init(layout: Document.JSONLayout) { self.layout = layout }

    mutating func write(_ value: Document, level: Int) {
        switch value {
        case .null: write("null")
        case .bool(let flag): write(flag ? "true" : "false")
        case .number(let literal): write(literal.text)
        case .string(let text): writeQuoted(text)
        case .array(let elements): writeArray(elements, level: level)
        case .object(let object): writeObject(object, level: level)
        }
    }

    private mutating func writeArray(_ elements: [Document], level: Int) {
        guard !elements.isEmpty else { return write("[]") }
        write("[")
        for (position, element) in elements.enumerated() {
            if position > 0 { write(",") }
            breakLine(level + 1)
            write(element, level: level + 1)
        }
        breakLine(level)
        write("]")
    }

    private mutating func writeObject(_ object: DocumentObject, level: Int) {
        guard !object.isEmpty else { return write("{}") }
        write("{")
        for (position, member) in ordered(object).enumerated() {
            if position > 0 { write(",") }
            breakLine(level + 1)
            writeQuoted(member.key)
            write(layout == .pretty ? ": " : ":")
            write(member.value, level: level + 1)
        }
        breakLine(level)
        write("}")
    }

    private func ordered(_ object: DocumentObject) -> [DocumentObject.Member] {
        guard layout == .canonical else { return object.members }
        return object.members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    }

    private mutating func breakLine(_ level: Int) {
        guard layout == .pretty else { return }
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * level))
    }

    private mutating func write(_ text: String) { bytes.append(contentsOf: text.utf8) }

    private mutating func writeQuoted(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(contentsOf: [UInt8(ascii: "\\"), byte])
            case 0x0A: write("\\n")
            case 0x0D: write("\\r")
            case 0x09: write("\\t")
            case 0..<0x20, 0x7F: write("\\u00" + (byte < 16 ? "0" : "") + String(byte, radix: 16))
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
