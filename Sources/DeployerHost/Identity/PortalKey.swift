internal import Secrets

/// The HMAC key that the portal makes of its property `jwt.auth.secret.key`.
///
/// The portal's library takes the string for base64 and decodes it leniently (JAXB): signs outside of the alphabet
/// vanish, so that the dashes of a UUID do, and an incomplete last group of four is dropped.
enum PortalKey {
    /// The key bytes.
    /// - Throws: `ConfigurationProblem` for signs beyond ASCII, and where fewer than four signs are left.
    static func bytes(from text: String) throws(ConfigurationProblem) -> SecretBytes {
        guard text.utf8.allSatisfy({ $0 < 0x80 }) else {
            throw ConfigurationProblem(
                key: "jwt.key", text: "holds a character beyond ASCII; take the portal's own string")
        }
        let signs = text.utf8.compactMap(value(of:))
        var bytes: [UInt8] = []
        for start in stride(from: 0, to: signs.count - signs.count % 4, by: 4) {
            bytes += decode(signs[start..<(start + 4)])
        }
        guard !bytes.isEmpty else {
            throw ConfigurationProblem(
                key: "jwt.key",
                text:
                    "is missing or too short (fewer than four base64 signs); set it to the portal's jwt.auth.secret.key"
            )
        }
        return SecretBytes(bytes)
    }

    /// What JAXB takes `=` for, which counts as padding as the third or fourth sign of a group only.
    private static let padding: UInt32 = 127

    /// The value of a sign; nil for one that vanishes.
    private static func value(of byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte - UInt8(ascii: "a")) + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0")) + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        case UInt8(ascii: "="): padding
        default: nil
        }
    }

    /// Three bytes of four signs; one less for each of the last two that is `=`. Anywhere else its value is shifted as
    /// that of any sign, and the bits beyond a byte are lost.
    private static func decode(_ group: ArraySlice<UInt32>) -> [UInt8] {
        let signs = Array(group)
        var bytes = [UInt8(truncatingIfNeeded: signs[0] << 2 | signs[1] >> 4)]
        if signs[2] != padding { bytes.append(UInt8(truncatingIfNeeded: signs[1] << 4 | signs[2] >> 2)) }
        if signs[3] != padding { bytes.append(UInt8(truncatingIfNeeded: signs[2] << 6 | signs[3])) }
        return bytes
    }
}
