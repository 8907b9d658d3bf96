public import Secrets

/// Whom a client trusts and how it identifies itself. Certificates and keys are PEM texts in memory; no file is read
/// or written.
public struct TLSSettings: Sendable {
    /// Certificates that are trusted instead of the system's; nil for the system's.
    public var authorities: [UInt8]?
    /// The client's certificate, followed by those that lead to an authority.
    public var certificate: [UInt8]?
    /// The private key of `certificate`: PKCS#1, PKCS#8 or EC, not encrypted. Copies are wiped with their request.
    public var key: SecretBytes?
    /// The name that is sent to the server (SNI) and that its certificate has to bear, instead of the URL's host. The
    /// connection goes to the URL's host nevertheless, and that is what the network policy checks.
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

extension TLSSettings {
    /// What is wrong with the settings themselves, or nil.
    var problem: String? {
        if (certificate == nil) != (key == nil) {
            return "a client certificate and its key come together or not at all"
        }
        guard let serverName else { return nil }
        let isName = !serverName.isEmpty && serverName.utf8.count <= 253 && serverName.utf8.allSatisfy(Self.isNameByte)
        return isName ? nil : "the TLS server name is no host name"
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte.asciiLowercased)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "-._".utf8.contains(byte)
    }
}
