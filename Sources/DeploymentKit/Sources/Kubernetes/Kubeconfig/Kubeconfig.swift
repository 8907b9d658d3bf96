internal import Cryptography
internal import Documents
public import Secrets
public import Transport

/// What a pasted kubeconfig gives: one server, and one user with an inline certificate or a token.
///
/// A kubeconfig can make its reader run programs, read files and call anything. Here every field is on a list or
/// refused by name; nothing is run, read or called while reading. Only one context is looked at.
public struct Kubeconfig: Sendable {
    public let contextName: String
    public let clusterName: String
    public let userName: String
    /// The namespace of the context; nil where it names none.
    public let namespace: String?
    /// The URL of the API: https, without user, query and fragment.
    public let server: String
    /// The cluster's authorities and the user's certificate.
    public let tls: TLSSettings
    /// The user's token; nil for users with a certificate.
    public let token: SecretBytes?
    /// What there is to know of the user's certificate; nil for users with a token.
    public let clientCertificate: ClientCertificate?

    /// The public part of the user's certificate.
    public struct ClientCertificate: Sendable, Hashable {
        public let commonName: String?
        public let organisations: [String]
        /// Seconds since 1970.
        public let notAfter: Int64

        /// Whether it makes an administrator of the whole cluster whom no rule can restrain.
        public var isClusterAdministrator: Bool { organisations.contains("system:masters") }
    }

    /// Reads a kubeconfig.
    /// - Parameters:
    ///   - context: the context to use; nil for the current one.
    ///   - now: seconds since 1970, to tell expired certificates.
    public init(parsing text: SecretBytes, context: String? = nil, now: Int64) throws(KubeconfigError) {
        let document = try KubeconfigText(text).document
        let reader = try KubeconfigReader(document, context: context)
        contextName = reader.contextName
        clusterName = reader.clusterName
        userName = reader.userName
        namespace = reader.namespace
        let cluster = try ClusterEntry(reader.cluster, at: reader.clusterPath)
        let user = try UserEntry(reader.user, at: reader.userPath, now: now)
        server = cluster.server
        token = user.token
        tls = TLSSettings(
            authorities: cluster.authorities,
            certificate: user.certificate,
            key: user.key,
            serverName: cluster.serverName
        )
        clientCertificate = user.summary.map {
            ClientCertificate(commonName: $0.commonName, organisations: $0.organisations, notAfter: $0.notAfter)
        }
    }
}

/// Prints nothing of its content.
extension Kubeconfig: CustomStringConvertible, CustomReflectable {
    public var description: String { "kubeconfig <redacted>" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
