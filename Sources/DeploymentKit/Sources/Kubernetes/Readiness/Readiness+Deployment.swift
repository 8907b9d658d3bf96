internal import Documents

extension Readiness {
    /// A Deployment: all replicas of the current template available and no older ones left. What hinders its pods is
    /// its verdict.
    public static func deployment(named name: String, in snapshot: ClusterSnapshot, at now: Int64) -> Verdict {
        guard let deployment = snapshot.deployments[name] else { return missing("deployment", name) }
        if deployment.isBeingDeleted {
            return Verdict(.failed, "deployment \"\(name)\" is being deleted", remedy: "Deploy again once it is gone")
        }
        if deployment.isChangeUnobserved {
            return Verdict(.progressing, "Waiting for deployment spec update to be observed...")
        }
        let wanted = deployment["spec"]?.count("replicas") ?? 1
        guard wanted > 0 else {
            return Verdict(
                .warning,
                "deployment \"\(name)\" is scaled to 0 replicas: nothing runs",
                remedy: "Scale it to 1 replica, or deploy again"
            )
        }
        guard let missing = missingCount(in: deployment, wanted: wanted) else {
            return Verdict(.ready, "\(wanted) of \(wanted) replicas are available")
        }
        let pods = podVerdict(of: deployment, in: snapshot, at: now)
        if let pods, pods.state == .failed { return pods }
        if let refused = refusedPods(of: deployment, in: snapshot), refused.state == .failed || pods == nil {
            return refused
        }
        if let late = exceededDeadline(of: deployment, cause: pods) { return late }
        guard let pods, pods.state != .ready else { return Verdict(.progressing, missing) }
        return pods.state == .warning ? pods : Verdict(.progressing, "\(missing); \(pods.reason)")
    }

    /// Which count is missing; nil where none is.
    private static func missingCount(in deployment: Document, wanted: Int) -> String? {
        let updated = deployment.counter("updatedReplicas")
        let available = deployment.counter("availableReplicas")
        let ready = deployment.counter("readyReplicas")
        let old = deployment.counter("replicas") - updated
        if updated < wanted { return "\(updated) of \(wanted) replicas are updated" }
        if old > 0 { return "\(old) old \(old == 1 ? "replica is" : "replicas are") pending termination" }
        if available < updated { return "\(available) of \(updated) updated replicas are available" }
        if updated > wanted { return "\(updated - wanted) replicas too many" }
        if ready != wanted { return "\(ready) of \(wanted) replicas are ready" }
        return deployment.hasCondition("Available") ? nil : "the condition Available is not True yet"
    }

    /// The worst of the newest ReplicaSet's pods. Failed pods count only where nothing has replaced them.
    private static func podVerdict(of deployment: Document, in snapshot: ClusterSnapshot, at now: Int64) -> Verdict? {
        guard let replicaSet = snapshot.newestReplicaSet(of: deployment) else { return nil }
        let pods = snapshot.pods(of: replicaSet)
        let living = pods.filter { $0.phase != "Failed" }
        return (living.isEmpty ? pods : living).map { pod($0, in: snapshot, at: now) }.worst
    }

    /// Pods that the API server does not let in: quota, LimitRange, Pod Security, webhooks.
    private static func refusedPods(of deployment: Document, in snapshot: ClusterSnapshot) -> Verdict? {
        if let condition = deployment.condition("ReplicaFailure"), condition["status"]?.string == "True" {
            return refusal(condition.words("message"))
        }
        guard let replicaSet = snapshot.newestReplicaSet(of: deployment),
            replicaSet.counter("replicas") < replicaSet["spec"]?.count("replicas") ?? 1,
            let event = snapshot.events(of: replicaSet).first(where: { $0.reason == "FailedCreate" })
        else { return nil }
        return refusal(event.message)
    }

    /// Conflicts and a namespace whose service account is still being made pass by themselves.
    private static func refusal(_ words: String) -> Verdict {
        let isAdmission = words.contains("forbidden") || words.contains("denied the request")
        let isTransient = words.contains("error looking up service account")
        return Verdict(
            isAdmission && !isTransient ? .failed : .warning,
            "the cluster creates no pods: \(words)",
            remedy: "Ask the cluster's administrator for more quota or another policy, or ask for fewer resources"
        )
    }

    private static func exceededDeadline(of deployment: Document, cause: Verdict?) -> Verdict? {
        guard let condition = deployment.condition("Progressing"), condition["status"]?.string == "False",
            condition["reason"]?.string == "ProgressDeadlineExceeded"
        else { return nil }
        let reason = "ProgressDeadlineExceeded\(condition.words("message").asDetail)"
        guard let cause, cause.state != .ready else {
            return Verdict(.failed, reason, remedy: "Look at the deployment's pods and events")
        }
        return Verdict(.failed, "\(reason); \(cause.reason)", remedy: cause.remedy, logs: cause.logs)
    }
}
