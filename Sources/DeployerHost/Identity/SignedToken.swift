internal import Documents
internal import Secrets

/// JSON web tokens in the compact form with HS512 (RFC 7515, 7518), and no other algorithm.
struct SignedToken: Sendable {
    private let signature: HMACSHA512

    init(key: SecretBytes) { signature = HMACSHA512(key: key) }

    /// The payload of a token whose header says HS512 and whose signature is ours.
    /// - Throws: `TokenError`.
    func payload(of token: String) throws(TokenError) -> Document {
        let segments = token.split(separator: ".", omittingEmptySubsequences: false)
        guard segments.count == 3, let header = Self.object(segments[0]), let code = Base64URL.decode(segments[2])
        else {
            throw TokenError.malformed
        }
        guard header["alg"]?.string == "HS512" else { throw TokenError.wrongAlgorithm }
        guard header["crit"] == nil else { throw TokenError.criticalHeader }
        let message = Array(token.utf8.prefix(segments[0].utf8.count + 1 + segments[1].utf8.count))
        guard signature.isValid(code, for: message) else { throw TokenError.wrongSignature }
        guard let payload = Self.object(segments[1]) else { throw TokenError.malformed }
        return payload
    }

    /// A token with that payload.
    func sign(_ payload: Document) -> String {
        let head = Base64URL.encode(Document.object(["alg": "HS512"]).json()) + "." + Base64URL.encode(payload.json())
        return head + "." + Base64URL.encode(signature.code(for: Array(head.utf8)))
    }

    private static func object(_ segment: Substring) -> Document? {
        guard let bytes = Base64URL.decode(segment), let document = try? Document(json: bytes, limits: .request),
            document.object != nil
        else { return nil }
        return document
    }
}
