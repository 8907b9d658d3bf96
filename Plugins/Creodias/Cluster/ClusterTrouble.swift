internal import Kubernetes
internal import TargetContract
internal import Transport

extension TargetError {
    /// What a failed call to the cluster means to whoever deploys.
    init(_ error: KubernetesError) {
        let what = "The cluster refused to \(error.operation)"
        switch error.code {
        case .unauthorized:
            self.init(
                .unavailable,
                what: "The cluster does not accept the credentials",
                why: error.message,
                remedy:
                    "Fetch a new kubeconfig, or choose the cluster anew; a certificate or token may have expired or been "
                    + "withdrawn"
            )
        case .forbidden where error.message.contains("exceeded quota"):
            self.init(.failed, what: what, why: error.message, remedy: "Free quota in the namespace or have it raised")
        case .forbidden:
            let remedy = "Ask the cluster's administrator for this permission, or use other credentials"
            self.init(.failed, what: what, why: error.message, remedy: remedy)
        case .conflict:
            let causes = error.causes.map { "\($0.field) \($0.message)" }.joined(separator: "; ")
            self.init(
                .conflict,
                what: what,
                why: causes.isEmpty ? error.message : "\(error.message): \(causes)",
                remedy: "Wait until others are done, or set the option take-over to overwrite their changes"
            )
        case .invalid:
            let remedy = "Correct what the cluster names; an admission rule of the cluster may demand more"
            self.init(.failed, what: what, why: error.message, remedy: remedy)
        case .tooManyRequests:
            self.init(.unavailable, what: what, why: "it is overloaded", remedy: "Try again in a few minutes")
        case .notKubernetes:
            self.init(
                .unavailable,
                what: "There is no Kubernetes API at the cluster's address",
                why: error.message,
                remedy: "Check the field server of the kubeconfig, or the address that the cloud has for the cluster"
            )
        case .unreachable: self.init(unreachable: error)
        default: self.init(.unavailable, what: what, why: error.message, remedy: "Look at the cluster and try again")
        }
    }

    private init(unreachable error: KubernetesError) {
        let what = "The cluster's API cannot be reached"
        switch error.transport {
        case .refusedByPolicy?:
            self.init(
                .invalidOption,
                what: what,
                why: error.message,
                remedy: "Give the cluster a public API address (floating IP or load balancer of the master), or ask "
                    + "the administrator to add its range to network.allow"
            )
        case .tls?:
            let remedy =
                "Fetch a new kubeconfig; for a cluster of a cloud, have its certificates looked at: the authority or the "
                + "client certificate does not suit this server"
            self.init(.unavailable, what: what, why: error.message, remedy: remedy)
        case .invalidURL?, .unresolvable?:
            let remedy = "Check the field server of the kubeconfig, or the address that the cloud has for the cluster"
            self.init(.invalidOption, what: what, why: error.message, remedy: remedy)
        default:
            let remedy = "Check that the cluster runs and that its API is open to this host"
            self.init(.unavailable, what: what, why: error.message, remedy: remedy)
        }
    }
}

/// Runs calls to the cluster and makes their errors those of the contract.
func explaining<Value>(
    isolation: isolated (any Actor)? = #isolation,
    _ work: () async throws(KubernetesError) -> Value
) async throws -> Value {
    do {
        return try await work()
    } catch {
        if error.code == .cancelled { throw CancellationError() }
        throw TargetError(error)
    }
}
