internal import Documents

/// How a pod is, from its status and its events (the newest first).
enum PodReadiness {
    static func verdict(of pod: Document, events: [Document]) -> Verdict {
        if pod["metadata"]?["deletionTimestamp"] != nil { return Verdict(.progressing, "an earlier pod is ending") }
        if pod["status"]?["phase"]?.string == "Failed" {
            let reason = pod["status"]?["reason"]?.string
            if reason == "Evicted" {
                let text = pod["status"]?["message"]?.string?.oneLine ?? "evicted"
                return Verdict(.warning, "evicted: \(text)", remedy: "It is being replaced")
            }
            return Verdict(.failed, "its pod has failed" + (reason.map { ": \($0)" } ?? ""), loggingPod: pod.objectName)
        }
        if pod.condition("Ready")?["status"]?.string == "True" { return Verdict(.ready, "ready") }
        let spec = pod["spec"]?["containers"]?.array?.first
        let statuses =
            (pod["status"]?["initContainerStatuses"]?.array ?? []) + (pod["status"]?["containerStatuses"]?.array ?? [])
        let verdicts = statuses.compactMap { ContainerReadiness(status: $0, spec: spec, pod: pod).verdict }
        if let worst = verdicts.max(by: { $0.severity < $1.severity }) { return worst }
        return placement(of: pod) ?? mounting(events) ?? Verdict(.progressing, progress(of: pod, events: events))
    }

    private static func placement(of pod: Document) -> Verdict? {
        guard let condition = pod.condition("PodScheduled"), condition["status"]?.string == "False",
            condition["reason"]?.string == "Unschedulable"
        else { return nil }
        let text = condition["message"]?.string?.oneLine ?? "no node takes it"
        // Node groups that grow by themselves may still bring a place.
        return Verdict(
            .warning,
            "no node takes it: \(text)",
            remedy: "Ask for less with node-settings, or enlarge the cluster; a taint needs a node without it"
        )
    }

    private static func mounting(_ events: [Document]) -> Verdict? {
        let kinds = ["FailedAttachVolume", "FailedMount"]
        guard let event = events.first(where: { kinds.contains($0["reason"]?.string ?? "") }) else { return nil }
        let text = event["message"]?.string?.oneLine ?? "a volume cannot be mounted"
        return Verdict(
            .warning,
            text,
            remedy: text.contains("Multi-Attach")
                ? "The volume goes to one machine at a time: deploy with volume-access=ReadWriteOnce, or take a storage "
                    + "class for ReadWriteMany"
                : "Look at the claim and its storage class"
        )
    }

    private static func progress(of pod: Document, events: [Document]) -> String {
        switch events.first(where: { $0["type"]?.string != "Warning" })?["reason"]?.string {
        case "Pulling": "its image is being pulled"
        case "Pulled": "its image is there"
        case "Created", "Started": "it has started and does not accept connections yet"
        case "Scheduled": "it has a node"
        default: pod["spec"]?["nodeName"] == nil ? "waiting for a node" : "starting"
        }
    }
}
