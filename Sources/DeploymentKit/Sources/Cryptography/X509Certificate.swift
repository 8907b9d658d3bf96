/// What people want to know of an X.509 certificate (RFC 5280): whose it is, who issued it, when it is valid.
///
/// Reading checks the form only. Whether a certificate is trusted is decided by whoever connects with it.
public struct X509Certificate: Sendable, Hashable {
    /// The common name of the subject; nil where it has none. For Kubernetes, the user.
    public let commonName: String?
    /// The organisations of the subject, in their order. For Kubernetes, the groups.
    public let organizations: [String]
    /// The common name of the issuer, or its first organisation.
    public let issuer: String?
    /// Not valid before this moment.
    public let notBefore: UTCTime
    /// Not valid after this moment.
    public let notAfter: UTCTime
    /// The certificate in DER.
    let encoded: [UInt8]

    /// Reads the first certificate of a PEM text (RFC 7468).
    /// - Throws: where the text holds none, a damaged one, or a private key.
    public init(pem: [UInt8]) throws(CryptographyError) {
        guard let first = try Self.chain(pem: pem).first else { throw Self.noCertificate }
        self = first
    }

    /// Reads every certificate of a PEM text, in their order; at least one.
    /// - Throws: where the text holds none, a damaged one, or a private key; where it exceeds 256 KiB.
    public static func chain(pem: [UInt8]) throws(CryptographyError) -> [X509Certificate] {
        guard !PEMText(pem).contains("PRIVATE KEY-----") else {
            throw CryptographyError("a private key stands where only certificates belong")
        }
        let certificates = try CertificateReader.read(pem: pem)
        guard !certificates.isEmpty else { throw noCertificate }
        return certificates
    }

    /// Whether an authority's key has signed this certificate. Dates, names and purposes are not looked at.
    public func isSigned(by authority: X509Certificate) -> Bool {
        CertificateReader.isSigned(self, by: authority)
    }

    init(
        commonName: String?,
        organizations: [String],
        issuer: String?,
        notBefore: UTCTime,
        notAfter: UTCTime,
        encoded: [UInt8]
    ) {
        self.commonName = commonName
        self.organizations = organizations
        self.issuer = issuer
        self.notBefore = notBefore
        self.notAfter = notAfter
        self.encoded = encoded
    }

    private static var noCertificate: CryptographyError {
        CryptographyError("there is no \"-----BEGIN CERTIFICATE-----\" in it")
    }
}
