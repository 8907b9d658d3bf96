internal import COpenSSL

/// The SHA-256 digest (FIPS 180-4) of some bytes.
public struct SHA256: Sendable, Hashable {
    /// 64 lower-case hexadecimal digits.
    public let hex: String

    /// Hashes the bytes with OpenSSL.
    public init(hashing bytes: some Sequence<UInt8>) {
        var digest = [UInt8](repeating: 0, count: 32)
        let input = Array(bytes)
        EVP_Digest(input, input.count, &digest, nil, EVP_sha256(), nil)
        hex = digest.reduce(into: "") { text, byte in
            text += byte < 16 ? "0" + String(byte, radix: 16) : String(byte, radix: 16)
        }
    }
}
