internal import COpenSSL

/// The keyed digest HMAC with SHA-512 (RFC 2104, FIPS 180-4), by OpenSSL.
public struct HMACSHA512: Sendable {
    private let key: SecretBytes

    /// - Parameter key: of any length; what is shorter than 128 bytes counts as followed by zeros.
    public init(key: SecretBytes) { self.key = key }

    /// The 64 bytes that authenticate a message.
    public func code(for message: [UInt8]) -> [UInt8] {
        var code = [UInt8](repeating: 0, count: 64)
        var length: UInt32 = 0
        key.withBytes { key in
            _ = HMAC(EVP_sha512(), key.baseAddress, Int32(key.count), message, message.count, &code, &length)
        }
        return code
    }

    /// Whether a code is the message's; takes the same time wherever they differ.
    public func isValid(_ code: [UInt8], for message: [UInt8]) -> Bool {
        let expected = self.code(for: message)
        return code.count == expected.count && CRYPTO_memcmp(code, expected, expected.count) == 0
    }
}
