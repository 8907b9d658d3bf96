internal import Cryptography
internal import Transport

/// The accepted fields of a cluster.
struct KubeconfigCluster {
    let server: String
    let authorities: [UInt8]?
    let serverName: String?
    private let isPrivate: Bool
    private let issuers: [X509Certificate]

    init(_ fields: KubeconfigFields) throws(KubeconfigError) {
        let verification = "insecure-skip-tls-verify"
        let accepted: Set<String> = ["server", "certificate-authority-data", "tls-server-name", "extensions"]
        // Written out with its usual value the switch changes nothing.
        let harmless: Set<String> = fields.isFalse(verification) ? [verification] : []
        try fields.accept(only: accepted.union(harmless), refusing: KubeconfigRule.cluster)
        let url = try Self.url(in: fields)
        var server = url.text
        while server.hasSuffix("/") { server.removeLast() }
        self.server = server
        isPrivate = IPAddress(url.host)?.addressClass == .privateUse
        serverName = try fields.text("tls-server-name")
        if let serverName, !HostSyntax.isHostName(serverName) {
            throw KubeconfigError(
                field: fields.place("tls-server-name"),
                why: "this is no host name",
                remedy: "Write the name in the cluster's certificate, or remove the field"
            )
        }
        authorities = try fields.pem("certificate-authority-data")
        issuers =
            try authorities.map { pem throws(KubeconfigError) in
                try fields.certificates(pem, of: "certificate-authority-data")
            } ?? []
    }

    /// What the owner should know.
    func remarks(now: Int64) -> [String] {
        var remarks: [String] = []
        if isPrivate {
            remarks.append(
                "The cluster's API has only a private address; enable the master load balancer or a floating IP"
                    + " unless the deployer is in the same network"
            )
        }
        if let expired = issuers.first(where: { $0.notAfter.seconds < now }) {
            remarks.append("A certificate authority of the cluster expired on \(expired.notAfter)")
        }
        return remarks
    }

    private static func url(in fields: KubeconfigFields) throws(KubeconfigError) -> URLParts {
        let field = fields.place("server")
        guard let text = try fields.text("server"), text != "None" else {
            throw KubeconfigError(
                field: field,
                why: "the cluster has no API address yet",
                remedy: "Wait until the cluster is complete, then download the kubeconfig again"
            )
        }
        let remedy = "Write the https URL of the cluster's API, without user, password, query and fragment"
        guard !text.lowercased().hasPrefix("http://") else {
            throw KubeconfigError(
                field: field,
                why: "the cluster's API is not encrypted (http)",
                remedy: "Use a cluster whose template has TLS enabled"
            )
        }
        let url: URLParts
        do { url = try URLParts(text) } catch {
            throw KubeconfigError(field: field, why: error.reason, remedy: remedy)
        }
        guard url.scheme == "https", !text.contains("?"), !text.contains("#"), !text.contains("@") else {
            throw KubeconfigError(field: field, why: "this is not the plain https URL of an API", remedy: remedy)
        }
        return url
    }
}
