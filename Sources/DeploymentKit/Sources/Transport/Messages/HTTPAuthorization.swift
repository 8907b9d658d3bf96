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
