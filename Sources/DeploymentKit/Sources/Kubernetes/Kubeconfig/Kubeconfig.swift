public import Secrets

/// How to reach one cluster and as whom, out of a kubeconfig that somebody pasted.
///
/// The text counts as hostile: every field is on a list of accepted ones or refused by name. Nothing is executed and
/// no file is read. Of the text only what this type holds is kept; the copies that reading makes are freed, but not
/// overwritten.
public struct Kubeconfig: Sendable {
    /// The https URL of the cluster's API, without a slash at the end.
    public let server: String
    /// The certificates (PEM) that the cluster's certificate is checked against; nil for those of the system.
    public let authorities: [UInt8]?
    /// The name that the cluster's certificate must be for; nil for the host of `server`.
    public let serverName: String?
    /// The client certificate with its chain (PEM); nil where the user has a token only.
    public let certificate: [UInt8]?
    /// The private key (PEM) of `certificate`.
    public let key: SecretBytes?
    /// The bearer token.
    public let token: SecretBytes?
    /// The name of the context that was used.
    public let contextName: String
    /// What the file calls the cluster of its current context.
    public let clusterName: String
    /// What the file calls the user of its current context.
    public let userName: String
    /// The namespace of the context; nil where it names none.
    public let namespace: String?
    /// The facts for people.
    public let xray: KubeconfigXray

    /// Reads a kubeconfig (`v1`, kind `Config`) in YAML or JSON.
    /// - Parameters:
    ///   - text: at most 256 KiB of UTF-8, one document; a byte order mark and CRLF are accepted.
    ///   - context: the context to use; nil for the current one. Only it, its cluster and its user are looked at.
    ///   - now: seconds since 1970, for the dates of certificates.
    /// - Throws: for everything that is not on the list of accepted fields, and for credentials that are
    ///   damaged, expired, not yet valid, or made for another key.
    public init(parsing text: SecretBytes, context: String? = nil, now: Int64) throws(KubeconfigError) {
        let selection = try KubeconfigSelection(KubeconfigDocument.read(text), context: context)
        let cluster = try KubeconfigCluster(selection.cluster)
        let user = try KubeconfigUser(selection.user, now: now)
        server = cluster.server
        authorities = cluster.authorities
        serverName = cluster.serverName
        certificate = user.certificate
        key = user.key
        token = user.token
        contextName = selection.contextName
        clusterName = selection.clusterName
        userName = selection.userName
        namespace = selection.namespace
        xray = KubeconfigXray(
            context: selection.contextName,
            cluster: selection.clusterName,
            server: cluster.server,
            namespace: selection.namespace,
            user: user.kind,
            expiry: user.expiry,
            remarks: cluster.remarks(now: now) + user.remarks(now: now)
        )
    }
}

extension Kubeconfig: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// `<redacted>`.
    public var description: String { "<redacted>" }
    /// `<redacted>`.
    public var debugDescription: String { "<redacted>" }
    /// A mirror without children, so that `dump` shows nothing either.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
