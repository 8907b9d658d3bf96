internal import COpenSSL
public import Secrets

/// A request for a certificate (PKCS#10, RFC 2986): who somebody wants to be, signed with the key that shall belong to
/// the certificate.
public struct CertificateRequest: Sendable, Hashable {
    /// The request in PEM.
    public let pem: [UInt8]

    /// Makes a request without extensions, signed with SHA-256.
    /// - Parameters:
    ///   - commonName: for Kubernetes, the user; 1 to 64 characters, written as a UTF8String.
    ///   - organizations: for Kubernetes, the groups; written after the common name, in their order.
    ///   - key: an RSA or elliptic-curve key in PEM.
    /// - Throws: for names that are empty or too long, and for what `PrivateKey.check(pem:)` refuses.
    public init(
        commonName: String,
        organizations: [String] = [],
        key: SecretBytes
    ) throws(CryptographyError) {
        let key = try PrivateKey.read(key)
        defer { EVP_PKEY_free(key) }
        defer { ERR_clear_error() }
        let request = X509_REQ_new()
        defer { X509_REQ_free(request) }
        guard let request, X509_REQ_set_version(request, 0) == 1, X509_REQ_set_pubkey(request, key) == 1 else {
            throw CryptographyError("OpenSSL cannot make a certificate request for this key")
        }
        let subject = X509_REQ_get_subject_name(request)
        try Self.add(commonName, as: NID_commonName, to: subject)
        for organization in organizations { try Self.add(organization, as: NID_organizationName, to: subject) }
        guard X509_REQ_sign(request, key, EVP_sha256()) > 0 else {
            throw CryptographyError("the certificate request cannot be signed with this key")
        }
        pem = try PEMWriter().text(of: { PEM_write_bio_X509_REQ($0, request) }) { Array($0) }
    }

    /// The longest name that X.520 permits, in characters.
    private static let longest = 64

    private static func add(_ text: String, as attribute: Int32, to name: OpaquePointer?) throws(CryptographyError) {
        guard !text.isEmpty, text.unicodeScalars.count <= longest, !text.utf8.contains(0) else {
            throw CryptographyError("a name in a certificate request has 1 to \(longest) characters")
        }
        let bytes = Array(text.utf8)
        let isAdded = X509_NAME_add_entry_by_NID(name, attribute, V_ASN1_UTF8STRING, bytes, Int32(bytes.count), -1, 0)
        guard isAdded == 1 else { throw CryptographyError("OpenSSL cannot write a name of a certificate request") }
    }
}
