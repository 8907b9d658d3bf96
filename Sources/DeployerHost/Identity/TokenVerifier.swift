internal import FoundationEssentials
internal import Secrets

/// Checks the portal's tokens: HS512 and nothing else, one key, `exp` required, no leeway.
struct TokenVerifier: Sendable {
    private let tokens: SignedToken
    private let now: @Sendable () -> Double

    /// - Parameters:
    ///   - key: as `PortalKey` makes it.
    ///   - now: seconds since 1970.
    init(key: SecretBytes, now: @escaping @Sendable () -> Double = { Date().timeIntervalSince1970 }) {
        tokens = SignedToken(key: key)
        self.now = now
    }

    /// Whose token this is.
    /// - Throws: `TokenError`.
    func verify(_ token: String) throws(TokenError) -> Session {
        let claims = PortalClaims(try tokens.payload(of: token))
        guard let expires = claims.expires else { throw TokenError.noExpiry }
        guard expires > now() else { throw TokenError.expired }
        if let notBefore = claims.notBefore, notBefore > now() { throw TokenError.notYetValid }
        guard claims.hasUser, let userID = claims.userID, !userID.isEmpty else { throw TokenError.noUser }
        let names = [claims.email, claims.loginName, claims.subject].compactMap { $0 }
        guard let name = names.first(where: { !$0.isEmpty }) else { throw TokenError.noUser }
        let user = UserIdentity(
            userID: userID, name: name, email: claims.email, login: claims.loginName, roles: claims.roles)
        return Session(user: user, expires: expires)
    }
}
