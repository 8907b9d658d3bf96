internal import Cryptography
internal import Documents

/// The end of a token's life, where the token says so.
enum TokenExpiry {
    /// The claim `exp` of a JSON Web Token (RFC 7519), as service accounts have it; nil for other tokens. Nothing is
    /// verified: that is up to the cluster.
    static func read(_ token: String) -> UTCTime? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, token.utf8.count <= 16_384, let claims = claims(in: parts[1]),
            let seconds = claims["exp"]?.integer, let exact = Int64(exactly: seconds), (0...maximum).contains(exact)
        else { return nil }
        return UTCTime(seconds: exact)
    }

    /// The last second of the year 9999.
    private static let maximum: Int64 = 253_402_300_799

    private static func claims(in part: Substring) -> Document? {
        // The alphabet of URLs has no padding.
        let digits = part.utf8.map { $0 == UInt8(ascii: "-") ? UInt8(ascii: "+") : $0 }
            .map { $0 == UInt8(ascii: "_") ? UInt8(ascii: "/") : $0 }
        let padding = [UInt8](repeating: UInt8(ascii: "="), count: (4 - digits.count % 4) % 4)
        return StrictBase64.decode(digits + padding).flatMap { try? Document(json: $0) }
    }
}
