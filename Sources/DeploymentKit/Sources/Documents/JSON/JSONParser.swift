extension Document {
    /// Reads a JSON text (RFC 8259) in UTF-8; a byte order mark in front is passed over.
    ///
    /// Two members of one name, lone surrogates and anything behind the value are errors.
    /// - Throws: `DocumentError` with line and column.
    public init(json bytes: [UInt8], limits: DocumentLimits = .catalogue) throws(DocumentError) {
        guard bytes.count <= limits.bytes else {
            throw DocumentError(
                format: .json,
                reason: "the text has \(bytes.count) bytes, at most \(limits.bytes) are read",
                position: nil
            )
        }
        var parser = JSONParser(bytes: bytes, limits: limits)
        self = try parser.parseDocument()
    }

    /// Reads a JSON text.
    public init(json text: String, limits: DocumentLimits = .catalogue) throws(DocumentError) {
        try self.init(json: Array(text.utf8), limits: limits)
    }
}

/// A recursive-descent reader over UTF-8 bytes; the recursion is bounded by `DocumentLimits.depth`.
struct JSONParser {
    private let bytes: [UInt8]
    private let limits: DocumentLimits
    private var offset = 0
    private var values = 0

    init(bytes: [UInt8], limits: DocumentLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    mutating func parseDocument() throws(DocumentError) -> Document {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
        let value = try parseValue(depth: 0)
        skipBlanks()
        guard offset == bytes.count else { throw failure("there is more text behind the value") }
        return value
    }

    private mutating func parseValue(depth: Int) throws(DocumentError) -> Document {
        skipBlanks()
        values += 1
        guard values <= limits.values else { throw failure("the text holds more than \(limits.values) values") }
        guard let byte = peek() else { throw failure("the text ends where a value should stand") }
        switch byte {
        case UInt8(ascii: "{"): return .object(try parseObject(depth: depth + 1))
        case UInt8(ascii: "["): return .array(try parseArray(depth: depth + 1))
        case UInt8(ascii: "\""): return .string(try parseString())
        case UInt8(ascii: "t"): return try parseWord("true", .bool(true))
        case UInt8(ascii: "f"): return try parseWord("false", .bool(false))
        case UInt8(ascii: "n"): return try parseWord("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try parseNumber())
        default: throw failure("a value cannot begin with \(describe(byte))")
        }
    }

    private mutating func parseObject(depth: Int) throws(DocumentError) -> DocumentObject {
        try enter(depth)
        var object = DocumentObject()
        offset += 1
        skipBlanks()
        if take(UInt8(ascii: "}")) { return object }
        while true {
            skipBlanks()
            guard peek() == UInt8(ascii: "\"") else {
                throw failure("a member must begin with its name in double quotes")
            }
            let start = offset
            let key = try parseString()
            skipBlanks()
            guard take(UInt8(ascii: ":")) else { throw failure("a colon must follow the member name") }
            let value = try parseValue(depth: depth)
            guard object[key] == nil else {
                offset = start
                throw failure("the object has two members \"\(key.prefix(60))\"")
            }
            object[key] = value
            skipBlanks()
            if take(UInt8(ascii: ",")) { continue }
            guard take(UInt8(ascii: "}")) else { throw failure("a comma or a closing brace must follow a member") }
            return object
        }
    }

    private mutating func parseArray(depth: Int) throws(DocumentError) -> [Document] {
        try enter(depth)
        var elements: [Document] = []
        offset += 1
        skipBlanks()
        if take(UInt8(ascii: "]")) { return elements }
        while true {
            elements.append(try parseValue(depth: depth))
            skipBlanks()
            if take(UInt8(ascii: ",")) { continue }
            guard take(UInt8(ascii: "]")) else { throw failure("a comma or a closing bracket must follow an element") }
            return elements
        }
    }

    private mutating func parseWord(_ word: StaticString, _ value: Document) throws(DocumentError) -> Document {
        let count = word.utf8CodeUnitCount
        let matches = word.withUTF8Buffer { bytes[offset...].prefix(count).elementsEqual($0) }
        guard matches else { throw failure("a word other than true, false and null") }
        offset += count
        return value
    }

    /// `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`
    private mutating func parseNumber() throws(DocumentError) -> NumberLiteral {
        let start = offset
        _ = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")) { try takeDigits() }
        if let next = peek(), isDigit(next) { throw failure("a number must not have a leading zero") }
        if take(UInt8(ascii: ".")) { try takeDigits() }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try takeDigits()
        }
        return NumberLiteral(checked: String(decoding: bytes[start..<offset], as: UTF8.self))
    }

    private mutating func takeDigits() throws(DocumentError) {
        guard let first = peek(), isDigit(first) else { throw failure("a digit is missing in a number") }
        while let byte = peek(), isDigit(byte) { offset += 1 }
    }
}

extension JSONParser {
    private mutating func parseString() throws(DocumentError) -> String {
        offset += 1
        let start = offset
        while let byte = peek(), byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { offset += 1 }
        if peek() == UInt8(ascii: "\"") {
            offset += 1
            return try decode(bytes[start..<(offset - 1)])
        }
        offset = start
        return try parseEscapedString()
    }

    private mutating func parseEscapedString() throws(DocumentError) -> String {
        var unescaped: [UInt8] = []
        while let byte = peek() {
            offset += 1
            switch byte {
            case UInt8(ascii: "\""): return try decode(unescaped[...])
            case UInt8(ascii: "\\"): try parseEscape(into: &unescaped)
            case 0..<0x20: throw failure("a control character must be escaped in a string")
            default: unescaped.append(byte)
            }
        }
        throw failure("the text ends inside a string")
    }

    private mutating func parseEscape(into unescaped: inout [UInt8]) throws(DocumentError) {
        guard let byte = peek() else { throw failure("the text ends inside a string") }
        offset += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): unescaped.append(byte)
        case UInt8(ascii: "b"): unescaped.append(0x08)
        case UInt8(ascii: "f"): unescaped.append(0x0C)
        case UInt8(ascii: "n"): unescaped.append(0x0A)
        case UInt8(ascii: "r"): unescaped.append(0x0D)
        case UInt8(ascii: "t"): unescaped.append(0x09)
        case UInt8(ascii: "u"): unescaped.append(contentsOf: String(try parseUnicodeEscape()).utf8)
        default: throw failure("a string has the unknown escape \\\(describe(byte))")
        }
    }

    private mutating func parseUnicodeEscape() throws(DocumentError) -> Character {
        let first = try parseHexUnit()
        if let scalar = Unicode.Scalar(first) { return Character(scalar) }
        guard (0xD800..<0xDC00).contains(first), take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
            throw failure("a string has half of a surrogate pair")
        }
        let second = try parseHexUnit()
        guard (0xDC00..<0xE000).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (UInt32(first - 0xD800) << 10) + UInt32(second - 0xDC00))
        else { throw failure("a string has half of a surrogate pair") }
        return Character(scalar)
    }

    private mutating func parseHexUnit() throws(DocumentError) -> UInt16 {
        let digits = bytes[offset...].prefix(4)
        guard digits.count == 4, digits.allSatisfy(isHexDigit),
            let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw failure("\\u must be followed by four hexadecimal digits") }
        offset += 4
        return unit
    }

    private func decode(_ slice: ArraySlice<UInt8>) throws(DocumentError) -> String {
        guard let text = String(validating: slice, as: UTF8.self) else { throw failure("a string is not valid UTF-8") }
        return text
    }
}

extension JSONParser {
    private func peek() -> UInt8? { offset < bytes.count ? bytes[offset] : nil }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek() == byte else { return false }
        offset += 1
        return true
    }

    private mutating func skipBlanks() {
        while let byte = peek(), byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { offset += 1 }
    }

    private func enter(_ depth: Int) throws(DocumentError) {
        guard depth <= limits.depth else {
            throw failure("lists and objects are nested deeper than \(limits.depth) levels")
        }
    }

    private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private func isHexDigit(_ byte: UInt8) -> Bool {
        isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
    }

    private func describe(_ byte: UInt8) -> String {
        (0x21..<0x7F).contains(byte) ? "\"\(Character(Unicode.Scalar(byte)))\"" : "byte \(byte)"
    }

    private func failure(_ reason: String) -> DocumentError {
        let read = bytes[..<min(offset, bytes.count)]
        let line = read.count { $0 == 0x0A } + 1
        let column = read.count - (read.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0) + 1
        return DocumentError(format: .json, reason: reason, position: DocumentPosition(line: line, column: column))
    }
}
