internal import COpenSSL

/// Texts made of secrets; the arrays used on the way are overwritten.
package enum SecretText {
    /// The texts one after the other.
    package static func joined(_ parts: [SecretBytes]) -> SecretBytes {
        var bytes: [UInt8] = []
        // Enough from the start, so that no outgrown copy stays behind.
        bytes.reserveCapacity(parts.reduce(0) { $0 + $1.count })
        for part in parts { part.withBytes { bytes.append(contentsOf: $0) } }
        return wiping(&bytes)
    }

    /// Base64 with padding (RFC 4648, section 4).
    package static func base64(_ secret: SecretBytes) -> SecretBytes {
        let length = (secret.count + 2) / 3 * 4
        // The encoder ends its text with a zero.
        var text = [UInt8](repeating: 0, count: length + 1)
        secret.withBytes { bytes in
            _ = EVP_EncodeBlock(&text, bytes.bindMemory(to: UInt8.self).baseAddress, Int32(bytes.count))
        }
        text.removeLast()
        return wiping(&text)
    }

    private static func wiping(_ bytes: inout [UInt8]) -> SecretBytes {
        defer { bytes.withUnsafeMutableBytes { OPENSSL_cleanse($0.baseAddress, $0.count) } }
        return SecretBytes(bytes)
    }
}
