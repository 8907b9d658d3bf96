/// The rule for ids of targets, which become part of URLs, commands and names in Kubernetes.
@frozen
public enum TargetLabel {
    /// Whether a text is a DNS-1035 label (RFC 1035, section 2.3.1): at most 63 lower-case letters, digits and
    /// dashes, a letter first, no dash at the end.
    public static func isValid(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard let first = bytes.first, let last = bytes.last, bytes.count <= 63 else { return false }
        guard isLetter(first), last != UInt8(ascii: "-") else { return false }
        return bytes.allSatisfy { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "-") }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
