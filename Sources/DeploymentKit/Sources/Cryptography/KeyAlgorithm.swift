/// Which kind of key is made.
@frozen
public enum KeyAlgorithm: String, Sendable, Hashable, CaseIterable {
    /// An elliptic curve, P-256 (FIPS 186-4): made in an instant.
    case p256
    /// RSA with 2048 bits, as every server takes it.
    case rsa2048
}
