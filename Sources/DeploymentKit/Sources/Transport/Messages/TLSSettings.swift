public import Secrets

/// Whom a client trusts and as whom it presents itself in TLS; everything from memory, never a file.
public struct TLSSettings: Sendable {
    /// PEM certificates that are trusted instead of the system's; nil for those.
    public var authorities: [UInt8]?
    /// The client's certificate as PEM, perhaps with its chain.
    public var certificate: [UInt8]?
    /// The private key of the certificate as PEM, unencrypted.
    public var key: SecretBytes?
    /// The name that the server's certificate must have, instead of the URL's host.
    public var serverName: String?

    public init(
        authorities: [UInt8]? = nil,
        certificate: [UInt8]? = nil,
        key: SecretBytes? = nil,
        serverName: String? = nil
    ) {
        self.authorities = authorities
        self.certificate = certificate
        self.key = key
        self.serverName = serverName
    }
}

/// Prints nothing of its content.
extension TLSSettings: CustomStringConvertible, CustomReflectable {
    public var description: String { "TLS settings" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
