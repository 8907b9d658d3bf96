internal import Documents
internal import Glibc
internal import Secrets

/// JSON with a secret in it that never becomes a `String`.
enum SecretJSON {
    /// The text of what `make` returns, with the secret where it put the document that it was given.
    static func text(_ secret: SecretBytes, _ make: (Document) -> Document) -> SecretBytes {
        let mark = (0..<2).map { _ in String(UInt64.random(in: .min ... .max), radix: 36) }.joined(separator: "-")
        let json = make(.string(mark)).json()
        let place = Array("\"\(mark)\"".utf8)
        guard let start = json.indices.first(where: { json[$0...].starts(with: place) }) else {
            return SecretBytes(json)
        }
        var text: [UInt8] = []
        // Enough from the start, so that no outgrown copy stays behind.
        text.reserveCapacity(json.count + secret.count * 6 + 2)
        text += json[..<start]
        secret.withBytes { bytes in
            text.append(UInt8(ascii: "\""))
            for byte in bytes { append(byte, to: &text) }
            text.append(UInt8(ascii: "\""))
        }
        text += json[(start + place.count)...]
        defer { text.withUnsafeMutableBytes { if let start = $0.baseAddress { explicit_bzero(start, $0.count) } } }
        return SecretBytes(text)
    }

    /// One byte of a string (RFC 8259, section 7).
    private static func append(_ byte: UInt8, to text: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
            text.append(UInt8(ascii: "\\"))
            text.append(byte)
        case 0..<0x20:
            text += Array("\\u00".utf8)
            for digit in [byte >> 4, byte & 15] {
                text.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
            }
        default: text.append(byte)
        }
    }
}
