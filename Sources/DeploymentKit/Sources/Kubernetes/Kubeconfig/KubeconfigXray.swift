public import Cryptography

/// What a person should see of a kubeconfig before anything is deployed with it. Holds no secret.
public struct KubeconfigXray: Sendable, Hashable {
    /// The name of the context that is used.
    public let context: String
    /// The name of the context's cluster.
    public let cluster: String
    /// The address of the cluster's API.
    public let server: String
    /// The namespace of the context; nil where it names none.
    public let namespace: String?
    /// How the user signs in: `client certificate CN=admin, O=system:masters`, `token`, or both.
    public let user: String
    /// When the client certificate or the token expires, whichever is first; nil for a token that does not tell.
    public let expiry: UTCTime?
    /// What the owner should know, each as a sentence without a full stop.
    public let remarks: [String]
}
