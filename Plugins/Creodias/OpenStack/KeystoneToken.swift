internal import Documents
internal import Secrets
internal import Transport

/// A token, and what Keystone tells with it.
struct KeystoneToken: Sendable {
    let secret: SecretBytes
    /// In seconds since 1970; nil where it is not told.
    let expires: Int64?
    let catalog: ServiceCatalog

    /// Reads the answer to `POST /v3/auth/tokens`; nil if it is none.
    init?(_ response: HTTPResponse) {
        guard let text = response.headers["X-Subject-Token"], !text.isEmpty,
            let token = (try? Document(json: response.body, limits: .cluster))?["token"]
        else { return nil }
        secret = SecretBytes(text)
        expires = token["expires_at"]?.string.flatMap(Timestamp.init)?.seconds
        catalog = ServiceCatalog(token["catalog"])
    }

    /// Shortly before its end a token is not used for another call.
    private static let margin: Int64 = 30

    func isUsable(at now: Timestamp) -> Bool { expires.map { $0 - Self.margin > now.seconds } ?? true }
}
