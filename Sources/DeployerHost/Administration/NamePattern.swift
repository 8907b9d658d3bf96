/// A name in which `*` stands for any characters, also for none: `team-*`.
public struct NamePattern: Sendable, Hashable, CustomStringConvertible {
    /// The pattern as it was written.
    public let text: String

    /// Nil unless these are 1 to 253 visible ASCII characters without those that mean something in other patterns
    /// (`?`, `[`, `]`, `{`, `}`, `\`, `,`).
    public init?(_ text: String) {
        let isPlain = text.utf8.allSatisfy { (0x21...0x7E).contains($0) && !"?[]{}\\,".utf8.contains($0) }
        guard isPlain, (1...253).contains(text.utf8.count) else { return nil }
        self.text = text
    }

    /// The pattern as it was written.
    public var description: String { text }

    /// Whether the whole name is one that the pattern means. Takes time in proportion to the product of both lengths
    /// at worst, whatever the name.
    public func matches(_ name: String) -> Bool {
        let (pattern, name) = (Array(text.utf8), Array(name.utf8))
        let star = UInt8(ascii: "*")
        var (position, index) = (0, 0)
        // Where the last star is, and how much of the name it covers so far.
        var last: (position: Int, index: Int)?
        while index < name.count {
            if position < pattern.count, pattern[position] == star {
                last = (position, index)
                position += 1
            } else if position < pattern.count, pattern[position] == name[index] {
                position += 1
                index += 1
            } else if let before = last {
                last = (before.position, before.index + 1)
                position = before.position + 1
                index = before.index + 1
            } else {
                return false
            }
        }
        return pattern[position...].allSatisfy { $0 == star }
    }
}
