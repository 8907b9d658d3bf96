internal import FoundationEssentials

/// Base64 in the alphabet of URLs, without padding (RFC 4648, section 5).
enum Base64URL {
    /// The bytes, or nil for a text that is not of that alphabet.
    static func decode(_ text: some StringProtocol) -> [UInt8]? {
        guard text.utf8.allSatisfy(isSign) else { return nil }
        var base64 = String(text).replacing("-", with: "+").replacing("_", with: "/")
        base64 += String(repeating: "=", count: (4 - base64.utf8.count % 4) % 4)
        return Data(base64Encoded: base64).map(Array.init)
    }

    /// The text for some bytes.
    static func encode(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// Whether a text looks like a JSON web token: three such segments.
    static func looksLikeToken(_ text: some StringProtocol) -> Bool {
        let segments = text.split(separator: ".", omittingEmptySubsequences: false)
        return segments.count == 3 && segments.allSatisfy { $0.utf8.allSatisfy(isSign) } && !segments[0].isEmpty
    }

    private static func isSign(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }
}
