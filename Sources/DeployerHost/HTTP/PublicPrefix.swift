/// The rule for the path in front of every public URL, wherever it comes from.
enum PublicPrefix {
    /// `/a/b` without a slash at its end, and empty for none; nil for what is no such path. Segments are of letters,
    /// digits, `-`, `_` and `.`, so that they can be written into links and cookies as they are.
    static func normalized(_ text: String) -> String? {
        let prefix = text.hasSuffix("/") ? text.dropLast() : text[...]
        guard !prefix.isEmpty else { return "" }
        let segments = prefix.split(separator: "/", omittingEmptySubsequences: false)
        guard segments.count > 1, segments[0].isEmpty, segments.dropFirst().allSatisfy(isSegment) else { return nil }
        return String(prefix)
    }

    private static func isSegment(_ segment: Substring) -> Bool {
        !["", ".", ".."].contains(segment)
            && segment.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "-_.".utf8.contains(byte)
            }
    }
}
