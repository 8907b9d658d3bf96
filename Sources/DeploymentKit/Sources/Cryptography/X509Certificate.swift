internal import COpenSSL
public import Secrets

/// The first certificate of a PEM text, as far as people are told of it.
public struct X509Certificate: Sendable, Hashable {
    /// The subject's common name (CN); nil where it has none.
    public let commonName: String?
    /// The subject's organisations (O); Kubernetes takes them for groups.
    public let organisations: [String]
    /// Seconds since 1970.
    public let notBefore: Int64
    /// Seconds since 1970.
    public let notAfter: Int64
    private let pem: [UInt8]

    /// Reads the first certificate.
    /// - Throws: where there is none.
    public init(pem: [UInt8]) throws(CryptographyError) {
        guard let certificate = Self.read(pem) else { throw CryptographyError("this is no X.509 certificate in PEM") }
        defer { X509_free(certificate) }
        self.pem = pem
        let subject = X509_get_subject_name(certificate)
        commonName = Self.entries(subject, NID_commonName).last
        organisations = Self.entries(subject, NID_organizationName)
        guard let from = Self.seconds(X509_get0_notBefore(certificate)),
            let until = Self.seconds(X509_get0_notAfter(certificate))
        else { throw CryptographyError("the certificate has no usable validity") }
        notBefore = from
        notAfter = until
    }

    /// Whether the private key belongs to the certificate.
    /// - Throws: where the key cannot be read, for instance because it is encrypted.
    public func matches(key: SecretBytes) throws(CryptographyError) -> Bool {
        guard let privateKey = Self.readKey(key) else {
            throw CryptographyError("this is no unencrypted private key in PEM")
        }
        defer { EVP_PKEY_free(privateKey) }
        guard let certificate = Self.read(pem) else { return false }
        defer { X509_free(certificate) }
        let isMatch = X509_check_private_key(certificate, privateKey) == 1
        ERR_clear_error()
        return isMatch
    }

    private static func read(_ pem: [UInt8]) -> OpaquePointer? {
        guard let bio = BIO_new_mem_buf(pem, Int32(clamping: pem.count)) else { return nil }
        defer { BIO_free(bio) }
        defer { ERR_clear_error() }
        return PEM_read_bio_X509(bio, nil, nil, nil)
    }

    private static func readKey(_ key: SecretBytes) -> OpaquePointer? {
        key.withBytes { bytes in
            guard let bio = BIO_new_mem_buf(bytes.baseAddress, Int32(clamping: bytes.count)) else { return nil }
            defer { BIO_free(bio) }
            defer { ERR_clear_error() }
            return copenssl_read_private_key(bio)
        }
    }

    /// The subject's values of one kind, in their order; control characters are left out.
    private static func entries(_ name: OpaquePointer?, _ kind: Int32) -> [String] {
        var values: [String] = []
        var position = X509_NAME_get_index_by_NID(name, kind, -1)
        while position >= 0 {
            let data = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, position))
            var text: UnsafeMutablePointer<UInt8>?
            let count = ASN1_STRING_to_UTF8(&text, data)
            if count >= 0, let text {
                let value = String(decoding: UnsafeBufferPointer(start: text, count: Int(count)), as: UTF8.self)
                CRYPTO_free(text, "", 0)
                let kept = value.unicodeScalars.filter { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }
                values.append(String(String.UnicodeScalarView(kept.prefix(200))))
            }
            position = X509_NAME_get_index_by_NID(name, kind, position)
        }
        return values
    }

    private static func seconds(_ time: UnsafePointer<ASN1_TIME>?) -> Int64? {
        let epoch = ASN1_TIME_set(nil, 0)
        defer { ASN1_STRING_free(epoch) }
        var days: Int32 = 0
        var seconds: Int32 = 0
        guard ASN1_TIME_diff(&days, &seconds, epoch, time) == 1 else { return nil }
        return Int64(days) * 86_400 + Int64(seconds)
    }
}
