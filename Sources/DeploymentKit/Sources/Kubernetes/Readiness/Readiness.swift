internal import Documents

/// Rules that say how objects are, from what the API tells of them. Pure: no clock, no calls.
///
/// An object is judged by its generation and conditions, never by a phase alone; only the newest ReplicaSet counts.
/// What can heal by itself is a warning, however bad it looks.
@frozen
public enum Readiness {
    /// How a Deployment is; the worst of its pods decides as long as it is not ready.
    public static func deployment(_ name: String, in snapshot: NamespaceSnapshot) -> Verdict {
        guard let deployment = snapshot.object(.deployment, name) else {
            return Verdict(.progressing, "the Deployment is being made")
        }
        let counts = ReplicaCounts(deployment)
        if let waiting = counts.observation { return Verdict(.progressing, waiting) }
        if let failure = DeploymentFailure.verdict(of: deployment) { return failure }
        if counts.isComplete, deployment.condition("Available")?["status"]?.string == "True" {
            return Verdict(.ready, "available")
        }
        let newest = snapshot.owned(.replicaSet, by: deployment.uid).max { $0.revision < $1.revision }
        if let newest {
            let pods = snapshot.owned(.pod, by: newest.uid)
            let verdicts = pods.map { PodReadiness.verdict(of: $0, events: snapshot.events(about: $0.uid)) }
            if let worst = verdicts.max(by: { $0.severity < $1.severity }), worst.state != .ready { return worst }
            if pods.isEmpty, let refusal = ReplicaSetRefusal.verdict(snapshot.events(about: newest.uid)) {
                return refusal
            }
        }
        return Verdict(.progressing, counts.missing)
    }

    /// How a claim is. Bound does not prove that several machines can mount it.
    public static func claim(_ name: String, in snapshot: NamespaceSnapshot) -> Verdict {
        guard let claim = snapshot.object(.claim, name) else {
            return Verdict(.progressing, "the claim is being made")
        }
        switch claim["status"]?["phase"]?.string {
        case "Bound": return Verdict(.ready, "bound")
        case "Lost":
            return Verdict(.failed, "its volume is lost", remedy: "Delete the claim; its data is gone")
        default:
            let failure = snapshot.events(about: claim.uid).first { $0["reason"]?.string == "ProvisioningFailed" }
            if let text = failure?["message"]?.string {
                let remedy = "Check the storage class and the quota for volumes"
                return Verdict(.warning, "no volume yet: \(text.oneLine)", remedy: remedy)
            }
            return Verdict(.progressing, "waiting for a volume")
        }
    }

    /// How a Service is: with a load balancer, whether it has an address.
    public static func service(_ name: String, in snapshot: NamespaceSnapshot) -> Verdict {
        guard let service = snapshot.object(.service, name) else {
            return Verdict(.progressing, "the Service is being made")
        }
        guard service["spec"]?["type"]?.string == "LoadBalancer" else {
            let isSet = service["spec"]?["clusterIP"]?.string?.isEmpty == false
            return isSet ? Verdict(.ready, "has an address") : Verdict(.progressing, "waiting for an address")
        }
        if service["status"]?["loadBalancer"]?["ingress"]?.array?.isEmpty == false {
            return Verdict(.ready, "has an address")
        }
        let failure = snapshot.events(about: service.uid).first { $0["type"]?.string == "Warning" }
        if let text = failure?["message"]?.string {
            return Verdict(.warning, text.oneLine, remedy: "Check the quota for load balancers and floating addresses")
        }
        return Verdict(.progressing, "waiting for the load balancer; this takes about two minutes")
    }
}

extension Verdict {
    var severity: Int {
        switch state {
        case .ready: 0
        case .progressing: 1
        case .warning: 2
        case .failed: 3
        }
    }
}

extension Document {
    /// The number of a ReplicaSet among those of its Deployment.
    fileprivate var revision: Int {
        self["metadata"]?["annotations"]?["deployment.kubernetes.io/revision"]?.string.flatMap { Int($0) } ?? 0
    }
}

extension String {
    /// The text in one line of at most 600 characters.
    var oneLine: String {
        String(split(whereSeparator: { $0.isNewline || $0 == "\t" }).joined(separator: " ").prefix(600))
    }
}
