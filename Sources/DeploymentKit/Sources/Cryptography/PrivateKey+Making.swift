internal import COpenSSL
public import Secrets

extension PrivateKey {
    /// Makes a new private key, in PKCS#8 (PEM). It is nowhere but in the memory that is returned.
    /// - Throws: where OpenSSL cannot, for want of memory or randomness.
    public static func make(_ algorithm: KeyAlgorithm) throws(CryptographyError) -> SecretBytes {
        let key = try generate(algorithm)
        defer { EVP_PKEY_free(key) }
        defer { ERR_clear_error() }
        return try PEMWriter().text(of: { PEM_write_bio_PrivateKey($0, key, nil, nil, 0, nil, nil) }) { bytes in
            var copy = Array(bytes)
            defer { copy.withUnsafeMutableBytes { OPENSSL_cleanse($0.baseAddress, $0.count) } }
            return SecretBytes(copy)
        }
    }

    private static func generate(_ algorithm: KeyAlgorithm) throws(CryptographyError) -> OpaquePointer {
        let name =
            switch algorithm {
            case .p256: "EC"
            case .rsa2048: "RSA"
            }
        let context = EVP_PKEY_CTX_new_from_name(nil, name, nil)
        defer { EVP_PKEY_CTX_free(context) }
        guard let context, EVP_PKEY_keygen_init(context) == 1 else {
            throw CryptographyError("OpenSSL makes no keys of this kind")
        }
        let isSet =
            switch algorithm {
            case .p256: EVP_PKEY_CTX_set_group_name(context, "P-256")
            case .rsa2048: EVP_PKEY_CTX_set_rsa_keygen_bits(context, 2_048)
            }
        var key: OpaquePointer?
        guard isSet == 1, EVP_PKEY_generate(context, &key) == 1, let key else {
            throw CryptographyError("OpenSSL could not make a key")
        }
        return key
    }
}
