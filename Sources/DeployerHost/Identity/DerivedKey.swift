internal import Secrets

/// Keys made of the portal's, one for each purpose: what is signed for one is worth nothing for another.
enum DerivedKey: String {
    /// Signs the session cookie.
    case session
    /// Signs the tokens in forms.
    case form

    /// The key for this purpose.
    /// - Parameter key: as `PortalKey` makes it.
    func bytes(from key: SecretBytes) -> SecretBytes {
        SecretBytes(key.withBytes { SHA256(hashing: Array("graphene-deployer \(rawValue) ".utf8) + Array($0)).hex })
    }
}
