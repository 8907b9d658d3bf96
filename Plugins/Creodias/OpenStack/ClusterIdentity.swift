internal import Cryptography
internal import Secrets
internal import TargetContract
internal import Transport

/// A certificate that a cluster's authority has made for this process, and what belongs to it. The key was made here
/// and goes nowhere.
struct ClusterIdentity: Sendable {
    let cluster: MagnumCluster
    /// The URL of the cluster's API.
    let server: String
    /// The authority's certificate (PEM).
    let authority: [UInt8]
    /// In PEM.
    let certificate: [UInt8]
    let key: SecretBytes
    let description: X509Certificate

    /// Whom the certificate is for.
    struct Subject: Sendable, Hashable {
        var user = "admin"
        var group = "system:masters"
    }

    /// Looks the cluster up, and has a certificate made: three requests one after the other, with a cold token. Beside
    /// the last one its template is looked at.
    ///
    /// The authority's certificate is remembered, or asked for beside the look at the cluster. It is the right one if it
    /// has signed what was made; otherwise it is asked for once more, which tells what is wrong.
    /// - Parameter name: the cluster's name or uuid.
    /// - Throws: `TargetError` or `CancellationError`.
    static func make(
        _ magnum: MagnumClient,
        cluster name: String,
        subject: Subject,
        algorithm: KeyAlgorithm,
        policy: NetworkPolicy
    ) async throws -> ClusterIdentity {
        async let draft = Draft(subject, algorithm)
        try await magnum.session.signIn()
        async let early = try? magnum.rememberedAuthority(of: name)
        let cluster = try await magnum.cluster(name)
        try cluster.requireComplete()
        let server = try cluster.server(policy)
        async let template = magnum.template(of: cluster)
        var used = try await draft
        let certificate: [UInt8]
        do {
            certificate = try await magnum.certificate(of: cluster, for: used.request)
        } catch let error as TargetError where error.code == CloudCall.requestNotTaken && algorithm != .rsa2048 {
            // Perhaps its signer takes no elliptic curves; whether this one is refused as well decides.
            let other = try Draft(subject, .rsa2048)
            guard let second = try? await magnum.certificate(of: cluster, for: other.request) else { throw error }
            certificate = second
            used = other
        }
        try await template?.require(of: cluster.name)
        if let authority = await early, hasSigned(authority, certificate) {
            return try ClusterIdentity(cluster, server, authority, certificate, used.key)
        }
        let authority = try await magnum.authority(of: cluster, asked: name)
        return try ClusterIdentity(cluster, server, authority, certificate, used.key)
    }

    private static func hasSigned(_ authority: [UInt8], _ certificate: [UInt8]) -> Bool {
        guard let chain = try? X509Certificate.chain(pem: authority),
            let signed = try? X509Certificate(pem: certificate)
        else { return false }
        return chain.contains { signed.isSigned(by: $0) }
    }

    private init(
        _ cluster: MagnumCluster,
        _ server: String,
        _ authority: [UInt8],
        _ certificate: [UInt8],
        _ key: SecretBytes
    ) throws(TargetError) {
        self.cluster = cluster
        self.server = server
        self.authority = authority
        self.certificate = certificate
        self.key = key
        do throws(CryptographyError) {
            _ = try X509Certificate.chain(pem: authority)
            description = try X509Certificate(pem: certificate)
            try PrivateKey.check(pem: key, matches: description)
        } catch {
            throw Self.unusable(cluster.name, error)
        }
    }

    fileprivate static func unusable(_ name: String, _ error: CryptographyError) -> TargetError {
        TargetError(
            .unavailable,
            what: "No certificate for the cluster \(name) could be made",
            why: error.description,
            remedy: "Try again; paste a kubeconfig if it stays so"
        )
    }

    /// A key, and the request that was signed with it.
    private struct Draft: Sendable {
        let key: SecretBytes
        let request: [UInt8]

        init(_ subject: Subject, _ algorithm: KeyAlgorithm) throws(TargetError) {
            do throws(CryptographyError) {
                key = try PrivateKey.make(algorithm)
                request = try CertificateRequest(
                    commonName: subject.user,
                    organizations: [subject.group],
                    key: key
                ).pem
            } catch {
                throw ClusterIdentity.unusable("of the cloud", error)
            }
        }
    }
}
