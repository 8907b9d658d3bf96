/// A secret to look for, as it is and in Base64.
struct SecretNeedle {
    /// What it is, without telling it.
    let name: String
    private let forms: [[UInt8]]

    init(_ name: String, _ text: String) {
        self.name = name
        let bytes = Array(text.utf8)
        forms = [bytes] + (bytes.count >= 9 ? (0..<3).map { Self.base64(bytes.dropFirst($0)) } : [])
    }

    /// Whether one of its forms is there.
    func isFound(in text: [UInt8]) -> Bool { forms.contains { Self.contains(text, $0) } }

    /// What is secret in the value of an option: the whole, and long words of it, as keys and tokens are. Addresses and
    /// names may be told.
    static func words(in value: String) -> [String] {
        let isOfKeys = { (byte: UInt8) in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "+/=_-.".utf8.contains(byte)
        }
        let words = value.utf8.split { !isOfKeys($0) }.filter { $0.count >= 40 }.map {
            String(decoding: $0, as: UTF8.self)
        }
        let isShort = (8..<256).contains(value.utf8.count) && !value.contains("\n")
        return isShort ? [value] : words
    }

    /// What Base64 makes of the bytes, wherever they begin in the text that was encoded: the end, which depends on what
    /// follows, is left out.
    private static func base64(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var result: [UInt8] = []
        var start = bytes.startIndex
        while start + 3 <= bytes.endIndex {
            let group = bytes[start..<start + 3].reduce(0) { $0 << 8 | Int($1) }
            result += [18, 12, 6, 0].map { alphabet[group >> $0 & 63] }
            start += 3
        }
        return result
    }

    private static func contains(_ text: [UInt8], _ needle: [UInt8]) -> Bool {
        guard let first = needle.first, text.count >= needle.count else { return false }
        return text.withUnsafeBufferPointer { text in
            needle.withUnsafeBufferPointer { needle in
                for start in 0...text.count - needle.count where text[start] == first {
                    if text[start..<start + needle.count].elementsEqual(needle) { return true }
                }
                return false
            }
        }
    }
}
