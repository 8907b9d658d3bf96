internal import Cryptography
internal import Documents
internal import Transport

/// The cluster of a kubeconfig's context.
struct ClusterEntry {
    let server: String
    let authorities: [UInt8]?
    let serverName: String?

    private static let known: Set<String> = ["server", "certificate-authority-data", "tls-server-name", "extensions"]

    init(_ object: DocumentObject, at path: String) throws(KubeconfigError) {
        try FieldRules.requireOnly(Self.known, in: object, at: path)
        server = try Self.server(object["server"], at: "\(path).server")
        authorities = try FieldRules.data(object, "certificate-authority-data", at: path)
        if let authorities {
            do {
                _ = try X509Certificate(pem: authorities)
            } catch {
                throw KubeconfigError(
                    field: "\(path).certificate-authority-data",
                    why: "\(error)",
                    remedy: "Fetch the kubeconfig again"
                )
            }
        }
        serverName = try Self.serverName(object["tls-server-name"], at: "\(path).tls-server-name")
    }

    private static func server(_ value: Document?, at field: String) throws(KubeconfigError) -> String {
        let text = value?.string ?? ""
        guard !text.isEmpty, text != "None", text != "null" else {
            throw KubeconfigError(
                field: field,
                why: "the cluster has no API address yet",
                remedy: "Wait until the cluster is complete and fetch the kubeconfig again"
            )
        }
        let url: URLParts
        do {
            url = try URLParts(text)
        } catch {
            throw KubeconfigError(field: field, why: error.reason, remedy: "Fetch the kubeconfig again")
        }
        guard url.scheme == "https" else {
            throw KubeconfigError(
                field: field,
                why: "it is not an https URL; a cluster without TLS would show everything to everyone on the way",
                remedy: "Take a cluster whose template has TLS"
            )
        }
        guard url.query == nil else {
            throw KubeconfigError(field: field, why: "it has a query", remedy: "Remove what follows the question mark")
        }
        return url.text
    }

    private static func serverName(_ value: Document?, at field: String) throws(KubeconfigError) -> String? {
        guard let value, !value.isNull else { return nil }
        let isPlain = { (byte: UInt8) in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "-.".utf8.contains(byte)
        }
        guard let name = value.string, (1...253).contains(name.utf8.count), name.utf8.allSatisfy(isPlain) else {
            throw KubeconfigError(field: field, why: "it is not a host name", remedy: "Remove or correct it")
        }
        return name
    }
}
