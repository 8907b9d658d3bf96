internal import Documents

/// The numbers of a Deployment's status against what is wanted.
struct ReplicaCounts {
    private let wanted: Int
    private let replicas: Int
    private let updated: Int
    private let ready: Int
    private let available: Int
    private let isObserved: Bool

    init(_ deployment: Document) {
        let status = deployment["status"]
        wanted = deployment["spec"]?["replicas"]?.integer ?? 1
        replicas = status?["replicas"]?.integer ?? 0
        updated = status?["updatedReplicas"]?.integer ?? 0
        ready = status?["readyReplicas"]?.integer ?? 0
        available = status?["availableReplicas"]?.integer ?? 0
        let generation = deployment["metadata"]?["generation"]?.integer ?? 0
        isObserved = (status?["observedGeneration"]?.integer ?? -1) >= generation
    }

    /// What is waited for before the numbers mean anything; nil once they do.
    var observation: String? { isObserved ? nil : "waiting for the cluster to see the change" }

    var isComplete: Bool { updated == wanted && replicas == updated && available == updated && ready == wanted }

    var missing: String {
        if updated < wanted { return "\(updated) of \(wanted) pods are made" }
        if replicas > updated { return "\(replicas - updated) pods of the earlier revision are ending" }
        if ready < wanted { return "\(ready) of \(wanted) pods are ready" }
        return "\(available) of \(wanted) pods are available"
    }
}

/// The condition by which a Deployment says itself that it will not come. `ProgressDeadlineExceeded` is none: large
/// images take longer, and whatever else holds the pods up is told by them.
enum DeploymentFailure {
    static func verdict(of deployment: Document) -> Verdict? {
        if let failure = deployment.condition("ReplicaFailure"), failure["status"]?.string == "True" {
            return ReplicaSetRefusal.verdict(message: failure["message"]?.string ?? "its pods are refused")
        }
        return nil
    }
}

/// Pods that admission or a quota refuses: the words are in events of the ReplicaSet.
enum ReplicaSetRefusal {
    static func verdict(_ events: [Document]) -> Verdict? {
        let refusal = events.first { $0["reason"]?.string == "FailedCreate" }
        return (refusal?["message"]?.string).map(verdict(message:))
    }

    static func verdict(message: String) -> Verdict {
        let isQuota = message.contains("exceeded quota")
        return Verdict(
            .failed,
            "the cluster refuses its pods: \(message.oneLine)",
            remedy: isQuota
                ? "Free quota in the namespace, have it raised, or ask for less with node-settings"
                : "Change what the cluster names, for instance with node-settings, or ask its administrator"
        )
    }
}
