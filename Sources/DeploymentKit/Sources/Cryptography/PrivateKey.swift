internal import COpenSSL
public import Secrets

/// Checks and makes private keys; a key stays in the caller's `SecretBytes`.
@frozen
public enum PrivateKey {
    /// Checks that a PEM text holds one usable private key: RSA in PKCS#1 or PKCS#8 (at most 16384 bits), an elliptic
    /// curve in SEC 1 or PKCS#8, or Ed25519. Nobody is ever asked for a passphrase.
    /// - Throws: for encrypted keys, other kinds of keys, damaged ones and texts over 256 KiB.
    public static func check(pem: SecretBytes) throws(CryptographyError) {
        EVP_PKEY_free(try read(pem))
    }

    /// Checks the key as `check(pem:)` does, and that it belongs to the certificate.
    /// - Throws: also where the certificate was made for another key.
    public static func check(pem: SecretBytes, matches certificate: X509Certificate) throws(CryptographyError) {
        let key = try read(pem)
        defer { EVP_PKEY_free(key) }
        let handle = CertificateReader.handle(of: certificate)
        defer { X509_free(handle) }
        defer { ERR_clear_error() }
        guard let handle, X509_check_private_key(handle, key) == 1 else {
            throw CryptographyError("the private key does not belong to the certificate")
        }
    }

    /// The key in a PEM text; the caller frees it.
    static func read(_ pem: SecretBytes) throws(CryptographyError) -> OpaquePointer {
        try pem.withBytes { bytes throws(CryptographyError) in
            guard bytes.count <= PEMText.maximumLength else {
                throw CryptographyError("the PEM text exceeds \(PEMText.maximumLength) bytes")
            }
            let text = PEMText(bytes)
            guard !text.contains("ENCRYPTED PRIVATE KEY-----"), !text.contains("Proc-Type: 4,ENCRYPTED") else {
                throw CryptographyError("the private key is encrypted with a passphrase")
            }
            guard text.contains("PRIVATE KEY-----"), let source = BIO_new_mem_buf(bytes.baseAddress, Int32(bytes.count))
            else { throw CryptographyError("there is no private key in it") }
            defer { BIO_free(source) }
            defer { ERR_clear_error() }
            // Without a callback OpenSSL would ask the terminal.
            let refusal:
                @convention(c) (UnsafeMutablePointer<CChar>?, Int32, Int32, UnsafeMutableRawPointer?) -> Int32 =
                    { _, _, _, _ in -1 }
            guard let key = PEM_read_bio_PrivateKey(source, nil, refusal, nil) else {
                throw CryptographyError("the private key in it is damaged")
            }
            guard [EVP_PKEY_RSA, EVP_PKEY_EC, EVP_PKEY_ED25519].contains(EVP_PKEY_get_base_id(key)),
                EVP_PKEY_get_bits(key) <= 16_384
            else {
                EVP_PKEY_free(key)
                throw CryptographyError("the private key is neither RSA, nor an elliptic curve, nor Ed25519")
            }
            return key
        }
    }
}
