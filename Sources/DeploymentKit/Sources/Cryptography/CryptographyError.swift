/// What is wrong with a key or a certificate, as a phrase without a full stop; never holds key material.
public struct CryptographyError: Error, Sendable, Hashable, CustomStringConvertible {
    public let description: String

    public init(_ description: String) { self.description = description }
}
