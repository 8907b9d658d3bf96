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
        let signs = text.utf8.compactMap(Sign.init)
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

    private enum Sign {
        case bits(UInt32)
        case padding

        init?(_ byte: UInt8) {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): self = .bits(UInt32(byte - UInt8(ascii: "A")))
            case UInt8(ascii: "a")...UInt8(ascii: "z"): self = .bits(UInt32(byte - UInt8(ascii: "a")) + 26)
            case UInt8(ascii: "0")...UInt8(ascii: "9"): self = .bits(UInt32(byte - UInt8(ascii: "0")) + 52)
            case UInt8(ascii: "+"): self = .bits(62)
            case UInt8(ascii: "/"): self = .bits(63)
            case UInt8(ascii: "="): self = .padding
            default: return nil
            }
        }
    }

    /// Three bytes of four signs; one less for a padded fourth sign, two less for a padded third.
    private static func decode(_ group: ArraySlice<Sign>) -> [UInt8] {
        var bits: [UInt32] = []
        var paddings: [Bool] = []
        for sign in group {
            if case .bits(let value) = sign {
                bits.append(value)
                paddings.append(false)
            } else {
                bits.append(0)
                paddings.append(true)
            }
        }
        var bytes = [UInt8(truncatingIfNeeded: bits[0] << 2 | bits[1] >> 4)]
        if !paddings[2] { bytes.append(UInt8(truncatingIfNeeded: bits[1] << 4 | bits[2] >> 2)) }
        if !paddings[3] { bytes.append(UInt8(truncatingIfNeeded: bits[2] << 6 | bits[3])) }
        return bytes
    }
}
