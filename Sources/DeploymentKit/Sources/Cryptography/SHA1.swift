internal import COpenSSL

/// The SHA-1 digest (FIPS 180-4): for the handshake of WebSocket, which proves nothing by it. Not for security.
package enum SHA1 {
    /// 20 bytes.
    package static func digest(of bytes: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 20)
        EVP_Digest(bytes, bytes.count, &digest, nil, EVP_sha1(), nil)
        return digest
    }
}
