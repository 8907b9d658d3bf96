/// Changes bytes at random, the same way for the same seed.
public struct Mutator {
    private var state: UInt64

    public init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    /// A copy with one to four changes: bytes flipped, removed, repeated, cut off, or replaced by something that means
    /// something to a parser.
    public mutating func mutate(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0...next(3) {
            guard !bytes.isEmpty else { return bytes }
            let position = next(bytes.count)
            switch next(7) {
            case 0: bytes[position] = UInt8(next(256))
            case 1: bytes.remove(at: position)
            case 2: bytes.removeSubrange(position..<min(bytes.count, position + next(40)))
            case 3: bytes.insert(contentsOf: bytes[position..<min(bytes.count, position + next(60))], at: position)
            case 4: bytes.removeLast(next(min(bytes.count, 64)))
            case 5: bytes.insert(contentsOf: Self.tokens[next(Self.tokens.count)].utf8, at: position)
            default: replaceValue(in: &bytes, from: position)
            }
        }
        return bytes
    }

    /// Puts something else in the place of the next string.
    private mutating func replaceValue(in bytes: inout [UInt8], from position: Int) {
        let quote = UInt8(ascii: "\"")
        guard let start = bytes[position...].firstIndex(of: quote),
            let end = bytes[(start + 1)...].firstIndex(of: quote)
        else {
            return
        }
        bytes.replaceSubrange(start...end, with: Array(Self.values[next(Self.values.count)].utf8))
    }

    private static let tokens = [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u0000", "\\ud800", "null", "true", "1e999", "-", "\u{0}",
        "\u{FEFF}", "é", "../", "\n", "[[[[[[[[",
    ]
    private static let values = [
        "null", "true", "-1", "1e400", "[]", "{}", "\"\"", "\"SharedFolder\"", "\"Splitter\"", "\"orchestrator\"",
        "\"../../x\"", "\"/\"", "\"a\\nb\"", "\"\\u0000\"",
        "\"Empty\"", "[[[[]]]]", "{\"nodes\":[]}", "\"ÄÖÜ 模型\"", "\"webui\"", "99999999999999999999999999",
    ]

    /// A number below a bound, by xorshift64*.
    private mutating func next(_ bound: Int) -> Int {
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        return Int((state &* 2_685_821_657_736_338_717) >> 33) % max(bound, 1)
    }
}
