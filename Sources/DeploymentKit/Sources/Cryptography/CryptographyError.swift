/// What is wrong with a key or a certificate, as a phrase without a full stop; never holds key material.
public struct CryptographyError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What failed, as a phrase; never a part of a key.
    public let description: String

    /// An error with that phrase.
    public init(_ description: String) { self.description = description }
}
