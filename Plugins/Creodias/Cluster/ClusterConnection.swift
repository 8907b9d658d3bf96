internal import Cryptography
internal import Kubernetes
internal import Secrets
internal import TargetContract
internal import Transport

/// A cluster as one user sees it, for the time of one job.
struct ClusterConnection: Sendable {
    let api: KubernetesClient
    let access: ClusterAccess
    /// The URL of the API.
    let server: String
    /// What people may know of it: never a credential.
    let facts: [DeploymentPreview.Fact]

    /// The way that the options tell.
    /// - Throws: `TargetError` or `CancellationError`.
    static func open(_ options: OptionValues, settings: CreodiasSettings) async throws -> ClusterConnection {
        guard isOfCloud(options) else { return try ClusterConnection(kubeconfig(options), settings: settings) }
        return try await ClusterConnection(settings.clouds.magnum(options), options, settings: settings)
    }

    /// Whether the options name a cluster of a cloud instead of a kubeconfig.
    static func isOfCloud(_ options: OptionValues) -> Bool { options.text("access") == "cluster" }

    /// With the user of a kubeconfig.
    private init(_ kubeconfig: Kubeconfig, settings: CreodiasSettings) throws(TargetError) {
        let tls = TLSSettings(
            authorities: kubeconfig.authorities,
            certificate: kubeconfig.certificate,
            key: kubeconfig.key,
            serverName: kubeconfig.serverName
        )
        let access = ClusterAccess(
            ClusterAccess.Credentials(
                http: Self.client(tls, settings),
                authorization: kubeconfig.token.map { .bearer($0) }
            )
        )
        do throws(TransportError) {
            try self.init(server: kubeconfig.server, access: access, facts: Self.facts(kubeconfig.xray))
        } catch {
            throw Self.refusal(error.reason, remedy: "Check the field server")
        }
    }

    /// With a certificate that is made for this job, and made anew where the job outlives it.
    private init(_ magnum: MagnumClient, _ options: OptionValues, settings: CreodiasSettings) async throws {
        let name = options.text("cluster") ?? ""
        let rule = settings.certificate
        let make = { @Sendable (name: String) in
            try await ClusterIdentity.make(
                magnum,
                cluster: name,
                subject: rule.subject,
                algorithm: rule.algorithm,
                policy: settings.policy
            )
        }
        let identity = try await make(name)
        let access = ClusterAccess(Self.credentials(identity, settings)) { [uuid = identity.cluster.uuid] in
            Self.credentials(try await Self.patiently { try await make(uuid) }, settings)
        }
        try self.init(server: identity.server, access: access, facts: Self.facts(identity, of: magnum.session.cloud))
    }

    /// Makes a certificate anew, several times where the cloud does not work for a moment: a deployment that has come
    /// so far is not to end with it.
    private static func patiently(_ make: () async throws -> ClusterIdentity) async throws -> ClusterIdentity {
        for pause in [Duration.seconds(1), .seconds(2), .seconds(4), .seconds(8), .seconds(15)] {
            do {
                return try await make()
            } catch let error as TargetError where error.code == .unavailable {
                try await Task.sleep(for: pause)
            }
        }
        return try await make()
    }

    private init(
        server: String,
        access: ClusterAccess,
        facts: [DeploymentPreview.Fact]
    ) throws(TransportError) {
        self.server = server
        self.access = access
        self.facts = facts
        api = try KubernetesClient(server: server, access: access)
    }

    /// Opens a connection to a port of a pod.
    func forward(namespace: String, pod: String, port: Int) async throws(PortForwardError) -> PortForward {
        try await api.forward(namespace: namespace, pod: pod, port: port)
    }

    /// The kubeconfig among the options, parsed.
    static func kubeconfig(_ options: OptionValues) throws(TargetError) -> Kubeconfig {
        guard let text = options.secret("kubeconfig") else {
            throw refusal("none was given", remedy: "Paste the access file of your cluster")
        }
        do throws(KubeconfigError) {
            return try Kubeconfig(parsing: text, context: options.text("context"), now: Timestamp.now.seconds)
        } catch {
            throw refusal("\(error.field): \(error.why)", remedy: error.remedy)
        }
    }

    private static func credentials(
        _ identity: ClusterIdentity,
        _ settings: CreodiasSettings
    ) -> ClusterAccess.Credentials {
        let tls = TLSSettings(
            authorities: identity.authority,
            certificate: identity.certificate,
            key: identity.key
        )
        return .init(http: client(tls, settings), expires: identity.description.notAfter.seconds)
    }

    private static func client(_ tls: TLSSettings, _ settings: CreodiasSettings) -> HTTPClient {
        HTTPClient(policy: settings.policy, tls: tls, maximumInFlight: KubernetesClient.maximumInFlight)
    }

    private static func facts(_ xray: KubeconfigXray) -> [DeploymentPreview.Fact] {
        var facts = [
            DeploymentPreview.Fact(name: "context", value: xray.context),
            .init(name: "cluster", value: xray.server),
            .init(name: "user", value: xray.user),
        ]
        if let expiry = xray.expiry { facts.append(.init(name: "certificate expires", value: "\(expiry)")) }
        return facts + xray.remarks.map { .init(name: "remark", value: $0) }
    }

    private static func facts(_ identity: ClusterIdentity, of cloud: Cloud) -> [DeploymentPreview.Fact] {
        let user = identity.description
        let names = [user.commonName.map { "CN=\($0)" }].compactMap(\.self) + user.organizations.map { "O=\($0)" }
        return [
            .init(name: "cloud", value: cloud.name),
            .init(name: "cluster", value: "\(identity.cluster.name) (\(identity.cluster.uuid))"),
            .init(name: "API", value: identity.server),
            .init(name: "user", value: "client certificate \(names.joined(separator: ", ")), made for this call"),
        ] + (identity.cluster.health.map { [.init(name: "health", value: $0)] } ?? [])
    }

    private static func refusal(_ why: String, remedy: String) -> TargetError {
        TargetError(.invalidOption, what: "The kubeconfig cannot be used", why: why, remedy: remedy)
    }
}
