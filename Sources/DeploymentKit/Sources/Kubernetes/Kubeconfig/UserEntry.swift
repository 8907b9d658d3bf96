internal import Cryptography
internal import Documents
internal import Secrets

/// The user of a kubeconfig's context.
struct UserEntry {
    let certificate: [UInt8]?
    let key: SecretBytes?
    let token: SecretBytes?
    let summary: X509Certificate?

    private static let known: Set<String> = ["client-certificate-data", "client-key-data", "token", "extensions"]

    init(_ object: DocumentObject, at path: String, now: Int64) throws(KubeconfigError) {
        try FieldRules.requireOnly(Self.known, in: object, at: path)
        certificate = try FieldRules.data(object, "client-certificate-data", at: path)
        key = try FieldRules.data(object, "client-key-data", at: path).map { SecretBytes($0) }
        token = try Self.token(object["token"], at: "\(path).token")
        guard (certificate == nil) == (key == nil) else {
            let missing = certificate == nil ? "client-certificate-data" : "client-key-data"
            throw KubeconfigError(
                field: "\(path).\(missing)",
                why: "a certificate and its key belong together, and this one is missing",
                remedy: "Fetch the kubeconfig again"
            )
        }
        guard let certificate, let key else {
            guard token != nil else {
                throw KubeconfigError(
                    field: path,
                    why: "the user has neither a client certificate nor a token",
                    remedy: "Take a kubeconfig with inline credentials"
                )
            }
            summary = nil
            return
        }
        summary = try Self.check(certificate, key, at: path, now: now)
    }

    private static func check(
        _ certificate: [UInt8],
        _ key: SecretBytes,
        at path: String,
        now: Int64
    ) throws(KubeconfigError) -> X509Certificate {
        let read: X509Certificate
        let isMatch: Bool
        do throws(CryptographyError) {
            read = try X509Certificate(pem: certificate)
        } catch {
            throw KubeconfigError(
                field: "\(path).client-certificate-data",
                why: "\(error)",
                remedy: "Fetch the kubeconfig again"
            )
        }
        do throws(CryptographyError) {
            isMatch = try read.matches(key: key)
        } catch {
            throw KubeconfigError(
                field: "\(path).client-key-data",
                why: "\(error)",
                remedy: "Fetch the kubeconfig again; keys with a pass phrase are not accepted"
            )
        }
        guard isMatch else {
            throw KubeconfigError(
                field: "\(path).client-key-data",
                why: "the key does not belong to the certificate",
                remedy: "Fetch the kubeconfig again"
            )
        }
        guard now <= read.notAfter else {
            throw KubeconfigError(
                field: "\(path).client-certificate-data",
                why: "the certificate expired on \(CalendarDay(seconds: read.notAfter))",
                remedy: "Fetch a new kubeconfig"
            )
        }
        guard now >= read.notBefore else {
            throw KubeconfigError(
                field: "\(path).client-certificate-data",
                why: "the certificate is valid from \(CalendarDay(seconds: read.notBefore)) on",
                remedy: "Check the clock of this server"
            )
        }
        return read
    }

    private static func token(_ value: Document?, at field: String) throws(KubeconfigError) -> SecretBytes? {
        guard let value, !value.isNull else { return nil }
        guard let text = value.string, !text.isEmpty, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw KubeconfigError(field: field, why: "it is not a token", remedy: "Paste the token without blanks")
        }
        return SecretBytes(text)
    }
}
