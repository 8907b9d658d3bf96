internal import Kubernetes
internal import Secrets
internal import TargetContract
internal import Transport

/// A cluster with the user of a kubeconfig, for the time of one job.
struct ClusterConnection: Sendable {
    let api: KubernetesClient
    let kubeconfig: Kubeconfig
    let http: HTTPClient
    let authorization: HTTPAuthorization?

    init(_ options: OptionValues, settings: CreodiasSettings) throws(TargetError) {
        kubeconfig = try Self.kubeconfig(options)
        let tls = TLSSettings(
            authorities: kubeconfig.authorities,
            certificate: kubeconfig.certificate,
            key: kubeconfig.key,
            serverName: kubeconfig.serverName
        )
        http = HTTPClient(policy: settings.policy, tls: tls, maximumInFlight: KubernetesClient.maximumInFlight)
        authorization = kubeconfig.token.map { .bearer($0) }
        do throws(TransportError) {
            api = try KubernetesClient(server: kubeconfig.server, http: http, authorization: authorization)
        } catch {
            throw Self.refusal(error.reason, remedy: "Check the field server")
        }
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

    /// What people may know of it: never a credential.
    var facts: [DeploymentPreview.Fact] {
        let xray = kubeconfig.xray
        var facts = [
            DeploymentPreview.Fact(name: "context", value: xray.context),
            .init(name: "cluster", value: xray.server),
            .init(name: "user", value: xray.user),
        ]
        if let expiry = xray.expiry { facts.append(.init(name: "certificate expires", value: "\(expiry)")) }
        return facts + xray.remarks.map { .init(name: "remark", value: $0) }
    }

    private static func refusal(_ why: String, remedy: String) -> TargetError {
        TargetError(.invalidOption, what: "The kubeconfig cannot be used", why: why, remedy: remedy)
    }
}
