/// Base64 (RFC 4648, section 4) as kubeconfigs hold it.
enum StrictBase64 {
    /// The bytes of a text with its padding; blanks and line breaks are passed over. Nil for any other character, a
    /// wrong length, or bits behind the last byte.
    static func decode(_ text: some Sequence<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        var (bits, digits, padding) = (0, 0, 0)
        for byte in text where ![0x20, 0x09, 0x0A, 0x0D].contains(byte) {
            guard byte != UInt8(ascii: "=") else {
                padding += 1
                continue
            }
            guard padding == 0, let value = value(of: byte) else { return nil }
            bits = bits << 6 | value
            digits += 1
            guard digits == 4 else { continue }
            bytes += [UInt8(bits >> 16), UInt8(bits >> 8 & 0xFF), UInt8(bits & 0xFF)]
            (bits, digits) = (0, 0)
        }
        switch (digits, padding) {
        case (0, 0): return bytes
        case (2, 2) where bits & 0xF == 0: return bytes + [UInt8(bits >> 4)]
        case (3, 1) where bits & 0x3 == 0: return bytes + [UInt8(bits >> 10), UInt8(bits >> 2 & 0xFF)]
        default: return nil
        }
    }

    private static func value(of byte: UInt8) -> Int? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(byte) - 65
        case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(byte) - 71
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte) + 4
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
