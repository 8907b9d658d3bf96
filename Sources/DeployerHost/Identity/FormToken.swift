internal import Secrets

/// The token in a page's form that shows that the page came from this host: an HMAC over the session, so that nothing
/// has to be kept (synchroniser token, ASVS 3.5.1).
///
/// It holds for one user until the session ends. Another session of the same user has other tokens.
struct FormToken: Sendable {
    private let signature: HMACSHA512

    /// - Parameter key: as `PortalKey` makes it.
    init(key: SecretBytes) { signature = HMACSHA512(key: DerivedKey.form.bytes(from: key)) }

    /// The token for forms in the pages of a session: letters, digits, `-` and `_`.
    func issue(for session: Session) -> String { Base64URL.encode(signature.code(for: Self.message(session))) }

    /// Whether a form's token is the session's; takes the same time wherever it differs.
    func isValid(_ token: String, for session: Session) -> Bool {
        guard token.utf8.count == Self.length, let code = Base64URL.decode(token) else { return false }
        return signature.isValid(code, for: Self.message(session))
    }

    /// 64 bytes in base64 without padding.
    private static let length = 86

    /// The bits of the expiry come first and hold no blank, so that no two sessions have the same message.
    private static func message(_ session: Session) -> [UInt8] {
        Array("\(session.expires.bitPattern) \(session.user.userID)".utf8)
    }
}
