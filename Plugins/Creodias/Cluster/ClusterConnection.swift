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
        guard let text = options.secret("kubeconfig") else {
            throw Self.refusal("none was given", remedy: "Paste the access file of your cluster")
        }
        do throws(KubeconfigError) {
            kubeconfig = try Kubeconfig(parsing: text, context: options.text("context"), now: Timestamp.now.seconds)
        } catch {
            throw Self.refusal((error.field.map { "\($0): " } ?? "") + error.why, remedy: error.remedy)
        }
        http = HTTPClient(
            policy: settings.policy,
            tls: kubeconfig.tls,
            maximumInFlight: KubernetesClient.maximumInFlight
        )
        authorization = kubeconfig.token.map { .bearer($0) }
        do throws(TransportError) {
            api = try KubernetesClient(server: kubeconfig.server, http: http, authorization: authorization)
        } catch {
            throw Self.refusal(error.reason, remedy: "Check the field server")
        }
    }

    /// What people may know of it: never a credential.
    var facts: [DeploymentPreview.Fact] {
        var facts = [
            DeploymentPreview.Fact(name: "context", value: kubeconfig.contextName),
            .init(name: "cluster", value: kubeconfig.server),
        ]
        if let certificate = kubeconfig.clientCertificate {
            let name = certificate.commonName ?? "unnamed"
            let groups =
                certificate.organisations.isEmpty ? "" : " of \(certificate.organisations.joined(separator: ", "))"
            facts.append(.init(name: "user", value: "client certificate \(name)\(groups)"))
            facts.append(.init(name: "certificate expires", value: "\(CalendarDay(seconds: certificate.notAfter))"))
            if certificate.isClusterAdministrator {
                let remark = "administrator of the whole cluster; such a certificate cannot be withdrawn"
                facts.append(.init(name: "rights", value: remark))
            }
        } else {
            facts.append(.init(name: "user", value: "token of \(kubeconfig.userName)"))
        }
        return facts
    }

    private static func refusal(_ why: String, remedy: String) -> TargetError {
        TargetError(.invalidOption, what: "The kubeconfig cannot be used", why: why, remedy: remedy)
    }
}
