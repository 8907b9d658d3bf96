/// A secret to look for: as it is, as descriptions of values have it, and in Base64.
struct SecretNeedle {
    /// What it is, without telling it.
    let name: String
    private let plain: [[UInt8]]
    private let encoded: [[UInt8]]

    init(_ name: String, _ text: String) {
        self.name = name
        let bytes = Array(text.utf8)
        let escaped = Array(text.debugDescription.utf8.dropFirst().dropLast())
        plain = escaped == bytes ? [bytes] : [bytes, escaped]
        encoded = bytes.count >= 9 ? (0..<3).map { Self.base64(bytes.dropFirst($0)) } : []
    }

    /// Whether one of its forms is there.
    func isFound(in text: [UInt8]) -> Bool {
        (plain + encoded).contains { Self.start(of: $0, in: text, from: 0) != nil }
    }

    /// Where its forms are. In Base64 the letters around it are taken with it: the first and the last of them have bits
    /// of the secret, too.
    func places(in text: [UInt8]) -> [Range<Int>] {
        plain.flatMap { Self.places(of: $0, in: text) }
            + encoded.flatMap { Self.places(of: $0, in: text) }.map { Self.word(around: $0, in: text) }
    }

    /// What is secret in the value of an option: the whole, and long words of it, as keys and tokens are. Addresses and
    /// names may be told.
    static func words(in value: String) -> [String] {
        let isOfKeys = { (byte: UInt8) in isOfBase64(byte) || "_-.".utf8.contains(byte) }
        let words = value.utf8.split { !isOfKeys($0) }.filter { $0.count >= 40 }.map {
            String(decoding: $0, as: UTF8.self)
        }
        let isShort = (8..<256).contains(value.utf8.count) && !value.contains("\n")
        return isShort ? [value] : words
    }

    private static func isOfBase64(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "+/=".utf8.contains(byte)
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

    private static func places(of needle: [UInt8], in text: [UInt8]) -> [Range<Int>] {
        var places: [Range<Int>] = []
        while let start = start(of: needle, in: text, from: places.last.map { $0.lowerBound + 1 } ?? 0) {
            places.append(start..<start + needle.count)
        }
        return places
    }

    private static func word(around place: Range<Int>, in text: [UInt8]) -> Range<Int> {
        let before = text[..<place.lowerBound].reversed().prefix(while: isOfBase64).count
        let after = text[place.upperBound...].prefix(while: isOfBase64).count
        return place.lowerBound - before..<place.upperBound + after
    }

    private static func start(of needle: [UInt8], in text: [UInt8], from index: Int) -> Int? {
        guard let first = needle.first, text.count - needle.count >= index else { return nil }
        return text.withUnsafeBufferPointer { text in
            needle.withUnsafeBufferPointer { needle in
                for start in index...text.count - needle.count where text[start] == first {
                    if text[start..<start + needle.count].elementsEqual(needle) { return start }
                }
                return nil
            }
        }
    }
}
