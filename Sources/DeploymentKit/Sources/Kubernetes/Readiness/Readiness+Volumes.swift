internal import Documents

extension Readiness {
    /// Events of a pod that waits for its volumes. They may heal, so that they fail at the deadline only.
    static func volumeProblem(of pod: Document, events: [ClusterEvent], in snapshot: ClusterSnapshot) -> Verdict? {
        let statuses = pod["status"]?["containerStatuses"]?.array ?? []
        let isStarted = statuses.contains { $0["state"]?["running"] != nil || $0["restartCount"]?.integer ?? 0 > 0 }
        let reasons = ["FailedAttachVolume", "FailedMount", "SuccessfulAttachVolume"]
        guard !isStarted, let event = events.first(where: { reasons.contains($0.reason) }) else { return nil }
        switch event.reason {
        case "FailedAttachVolume": return unattached(pod, event.message, in: snapshot)
        case "FailedMount":
            return Verdict(
                .warning,
                "pod \"\(pod.name ?? "")\" can't mount a volume: \(event.message)",
                remedy: "Check that the volume's Secret, ConfigMap or claim exists and that its storage answers"
            )
        default: return nil
        }
    }

    private static func unattached(_ pod: Document, _ words: String, in snapshot: ClusterSnapshot) -> Verdict {
        let others = snapshot.podsSharingVolumes(with: pod).map { "pod \"\($0.name ?? "")\" \(place(of: $0))" }
        let users = others.isEmpty ? "" : ", in use by \(others.joined(separator: ", "))"
        return Verdict(
            .warning,
            "pod \"\(pod.name ?? "")\" \(place(of: pod)) can't attach a volume\(users): \(words)",
            remedy: "Let all pods that use the volume run on one node, or choose a storage class for ReadWriteMany"
        )
    }

    private static func place(of pod: Document) -> String {
        pod.nodeName.map { "on node \"\($0)\"" } ?? "without a node"
    }
}
