public import Secrets

/// What goes into the Authorization header, or another one for credentials; sent with the first request, never asked
/// for by a challenge.
public struct HTTPAuthorization: Sendable {
    /// The name of the header.
    package let name: String
    /// The whole value of the header.
    package let value: SecretBytes

    private init(name: String = "Authorization", value: SecretBytes) {
        self.name = name
        self.value = value
    }

    /// Basic authentication (RFC 7617) in UTF-8. A user name with a colon is cut there by every server.
    public static func basic(user: String, password: SecretBytes) -> HTTPAuthorization {
        let pair = password.withBytes { Array(user.utf8) + [UInt8(ascii: ":")] + Array($0) }
        return HTTPAuthorization(value: SecretBytes(Array("Basic ".utf8) + Base64.encode(pair)))
    }

    /// A bearer token (RFC 6750).
    public static func bearer(_ token: SecretBytes) -> HTTPAuthorization {
        HTTPAuthorization(value: SecretBytes(token.withBytes { Array("Bearer ".utf8) + Array($0) }))
    }

    /// A credential in a header of its own, such as `X-Auth-Token`.
    public static func header(_ name: String, _ value: SecretBytes) -> HTTPAuthorization {
        HTTPAuthorization(name: name, value: value)
    }
}

/// Base64 (RFC 4648, section 4) with padding.
package enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    package static func encode(_ bytes: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for position in 0..<4 {
                let digit = alphabet[bits >> (18 - 6 * position) & 63]
                text.append(position <= group.count ? digit : UInt8(ascii: "="))
            }
        }
        return text
    }
}
