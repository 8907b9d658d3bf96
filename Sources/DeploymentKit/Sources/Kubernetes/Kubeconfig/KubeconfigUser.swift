internal import Cryptography
internal import Secrets

/// The accepted fields of a user.
struct KubeconfigUser {
    let certificate: [UInt8]?
    let key: SecretBytes?
    let token: SecretBytes?
    /// The first of the client's certificates.
    let identity: X509Certificate?
    /// When a token that tells so expires.
    private let tokenExpiry: UTCTime?

    private static let certificateField = "client-certificate-data"
    private static let keyField = "client-key-data"
    /// Clocks differ: a certificate that was made a moment ago is accepted.
    private static let clockTolerance: Int64 = 300
    private static let soon: Int64 = 14 * 86_400

    init(_ fields: KubeconfigFields, now: Int64) throws(KubeconfigError) {
        try fields.accept(
            only: [Self.certificateField, Self.keyField, "token", "extensions"],
            refusing: KubeconfigRule.user
        )
        let tokenText = try Self.token(in: fields, now: now)
        token = tokenText.map { SecretBytes($0) }
        tokenExpiry = tokenText.flatMap(TokenExpiry.read)
        certificate = try fields.pem(Self.certificateField)
        key = try fields.pem(Self.keyField).map { SecretBytes($0) }
        switch (certificate, key) {
        case (let certificate?, let key?):
            identity = try Self.identity(certificate, key: key, in: fields, now: now)
        case (nil, nil):
            identity = nil
            guard token != nil else {
                throw KubeconfigError(
                    field: fields.place,
                    why: "the user has neither a client certificate nor a token",
                    remedy: "Give a kubeconfig with inline credentials: kubectl config view --minify --flatten --raw"
                )
            }
        default:
            throw KubeconfigError(
                field: fields.place(certificate == nil ? Self.certificateField : Self.keyField),
                why: "a client certificate and its key belong together, and this one is missing",
                remedy: "Give both, or a token alone"
            )
        }
    }

    /// How the user signs in, for people.
    var kind: String {
        let methods = [identity.map(Self.name), token.map { _ in "token" }].compactMap(\.self)
        return methods.joined(separator: " and ")
    }

    /// When the first of the user's credentials expires; nil where none tells.
    var expiry: UTCTime? {
        [identity?.notAfter, tokenExpiry].compactMap(\.self).min { $0.seconds < $1.seconds }
    }

    /// What the owner should know.
    func remarks(now: Int64) -> [String] {
        var remarks: [String] = []
        if let identity, identity.organizations.contains("system:masters") {
            remarks.append(
                "This is a full cluster administrator (system:masters), which can't be revoked without new"
                    + " certificates for the whole cluster"
            )
        }
        if let expiry, expiry.seconds - now < Self.soon {
            remarks.append("The kubeconfig expires soon, on \(expiry)")
        }
        return remarks
    }

    private static func name(of identity: X509Certificate) -> String {
        let parts =
            [identity.commonName.map { "CN=\($0)" }].compactMap(\.self) + identity.organizations.map { "O=\($0)" }
        return parts.isEmpty ? "client certificate" : "client certificate \(parts.joined(separator: ", "))"
    }

    private static func token(in fields: KubeconfigFields, now: Int64) throws(KubeconfigError) -> String? {
        guard let text = try fields.text("token") else { return nil }
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw KubeconfigError(
                field: fields.place("token"),
                why: "a token has no blanks, line breaks or characters beyond ASCII",
                remedy: "Paste the token again, in one line"
            )
        }
        if let expiry = TokenExpiry.read(text), expiry.seconds < now {
            throw KubeconfigError(
                field: fields.place("token"),
                why: "the token expired on \(expiry)",
                remedy: "Get a new token, or give a kubeconfig with a client certificate"
            )
        }
        return text
    }

    private static func identity(
        _ certificate: [UInt8],
        key: SecretBytes,
        in fields: KubeconfigFields,
        now: Int64
    ) throws(KubeconfigError) -> X509Certificate? {
        guard let identity = try fields.certificates(certificate, of: certificateField).first else { return nil }
        do { try PrivateKey.check(pem: key, matches: identity) } catch {
            throw KubeconfigError(
                field: fields.place(keyField),
                why: error.description,
                remedy: "Give the unencrypted RSA or elliptic-curve key of the client certificate"
            )
        }
        guard now <= identity.notAfter.seconds, now >= identity.notBefore.seconds - clockTolerance else {
            let isEarly = now < identity.notBefore.seconds
            throw KubeconfigError(
                field: fields.place(certificateField),
                why: isEarly
                    ? "the client certificate is valid from \(identity.notBefore), and now it is \(UTCTime(seconds: now))"
                    : "the client certificate expired on \(identity.notAfter)",
                remedy: isEarly ? "Check the clocks, or wait" : "Download the kubeconfig of the cluster again"
            )
        }
        return identity
    }
}
