internal import Documents

extension Readiness {
    /// A Pod: ready by its condition, else the worst of its containers, its scheduling and its volumes.
    public static func pod(named name: String, in snapshot: ClusterSnapshot, at now: Int64) -> Verdict {
        snapshot.pods[name].map { pod($0, in: snapshot, at: now) } ?? missing("pod", name)
    }

    static func pod(_ pod: Document, in snapshot: ClusterSnapshot, at now: Int64) -> Verdict {
        let name = pod.name ?? ""
        if pod.isBeingDeleted { return Verdict(.progressing, "pod \"\(name)\" is being deleted") }
        if pod.phase == "Failed" { return failedPhase(pod) }
        if pod.phase == "Succeeded" { return Verdict(.progressing, "pod \"\(name)\" has finished") }
        if pod.hasCondition("Ready") { return Verdict(.ready, "pod \"\(name)\" is ready") }
        let events = snapshot.events(of: pod)
        let containers = ContainerReport.all(of: pod, events: events).compactMap(\.verdict)
        if let worst = containers.worst, worst.state.severity > Verdict.State.progressing.severity { return worst }
        if let scheduling = unscheduled(pod, events: events, at: now) { return scheduling }
        if let volumes = volumeProblem(of: pod, events: events, in: snapshot) { return volumes }
        if let probe = probeProblem(of: pod, events: events) { return probe }
        return containers.worst ?? Verdict(.progressing, "pod \"\(name)\" is starting")
    }

    /// An evicted pod is replaced by its controller; of others nobody can say so.
    private static func failedPhase(_ pod: Document) -> Verdict {
        let name = pod.name ?? ""
        let status = pod["status"] ?? .null
        let words = [status.words("reason"), status.words("message")].filter { !$0.isEmpty }.joined(separator: ": ")
        if status["reason"]?.string == "Evicted" {
            return Verdict(
                .warning, "pod \"\(name)\" was removed from its node: \(words)", remedy: "Wait: it is replaced")
        }
        return Verdict(
            .failed, "pod \"\(name)\" has failed\(words.asDetail)", remedy: "Look at the pod's events and log")
    }

    /// Nodes of a group that is just growing, and volumes that are just being made, let the pod in later.
    private static func unscheduled(_ pod: Document, events: [ClusterEvent], at now: Int64) -> Verdict? {
        guard let condition = pod.condition("PodScheduled"), condition["status"]?.string == "False",
            condition["reason"]?.string == "Unschedulable"
        else { return nil }
        let words = condition.words("message")
        let since = [condition["lastTransitionTime"], pod["metadata"]?["creationTimestamp"]]
            .lazy.compactMap { $0?.string }.compactMap(Timestamp.unixSeconds).first
        let reason = "pod \"\(pod.name ?? "")\" fits on no node: \(words)"
        guard now - (since ?? now) >= schedulingGrace else { return Verdict(.progressing, reason) }
        if events.contains(where: { $0.reason == "TriggeredScaleUp" }) {
            return Verdict(.warning, reason, remedy: "Wait: the cluster is adding a node")
        }
        if words.contains("unbound immediate PersistentVolumeClaims") {
            return Verdict(.warning, reason, remedy: "Look at the claims: the pod waits for their volumes")
        }
        return Verdict(
            .failed,
            reason,
            remedy: "Add nodes or larger ones, ask for fewer resources, or allow the nodes' taints"
        )
    }

    /// A container that runs, but whose probe does not accept it.
    private static func probeProblem(of pod: Document, events: [ClusterEvent]) -> Verdict? {
        guard pod.phase == "Running", let event = events.first(where: { $0.reason == "Unhealthy" }) else { return nil }
        return Verdict(.progressing, "pod \"\(pod.name ?? "")\" runs, but is not ready: \(event.message)")
    }
}
