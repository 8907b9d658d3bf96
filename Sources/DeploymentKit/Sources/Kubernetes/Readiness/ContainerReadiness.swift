internal import Documents

/// How one container is, by the reasons that the kubelet gives.
struct ContainerReadiness {
    private let status: Document
    private let spec: Document?
    private let pod: Document

    init(status: Document, spec: Document?, pod: Document) {
        self.status = status
        self.spec = spec
        self.pod = pod
    }

    /// Nil where nothing is known but that it is on its way.
    var verdict: Verdict? {
        if let waiting = status["state"]?["waiting"] { return judge(waiting: waiting) }
        if let ended = status["state"]?["terminated"] { return judge(ended: ended, isRepeated: restarts > 0) }
        if status["state"]?["running"] != nil, restarts > 0 {
            return Verdict(.warning, "it was restarted \(times(restarts)) and does not accept connections yet")
        }
        return nil
    }

    private var image: String {
        status["image"]?.string.flatMap { $0.isEmpty ? nil : $0 } ?? spec?["image"]?.string ?? ""
    }
    private var restarts: Int { status["restartCount"]?.integer ?? 0 }

    private func judge(waiting: Document) -> Verdict? {
        let text = waiting["message"]?.string?.oneLine ?? ""
        switch waiting["reason"]?.string {
        case "CrashLoopBackOff":
            let last = status["lastState"]?["terminated"]
            return last.flatMap { judge(ended: $0, isRepeated: true) } ?? crash(exit: nil)
        case "ErrImagePull", "ImagePullBackOff": return judgePull(text)
        case "InvalidImageName":
            return Verdict(
                .failed, "\(image) is no image name", remedy: "Publish the model again with a valid image name")
        case "CreateContainerConfigError":
            // The kubelet's view of Secrets and ConfigMaps catches up by itself.
            if text.contains("failed to sync"), text.contains("cache") { return Verdict(.progressing, text) }
            return Verdict(
                .failed, text.isEmpty ? "its configuration cannot be made" : text, remedy: "Add what it lacks")
        case "CreateContainerError", "RunContainerError":
            let words = text.isEmpty ? "its container cannot be started" : text
            return Verdict(restarts > 1 ? .failed : .warning, words, remedy: "Check the image's entry point")
        default: return nil
        }
    }

    private func judgePull(_ text: String) -> Verdict {
        let lowered = text.lowercased()
        let isAbsent = ["not found", "manifest unknown", "does not exist"].contains { lowered.contains($0) }
        // A registry that wants a login says "not found or access denied" as well.
        let isDenied = ["denied", "unauthorized", "authorization", "forbidden"].contains { lowered.contains($0) }
        if isAbsent, !isDenied {
            return Verdict(
                .failed,
                "the image \(image) is not there: \(text)",
                remedy: "Publish the model again, or correct its image"
            )
        }
        return Verdict(
            .warning,
            "the image \(image) cannot be pulled yet" + (text.isEmpty ? "" : ": \(text)"),
            remedy: isDenied
                ? "Give registry, registry-user and registry-password"
                : "Check that the cluster reaches the registry"
        )
    }

    private func judge(ended: Document, isRepeated: Bool) -> Verdict? {
        let code = ended["exitCode"]?.integer
        if ended["reason"]?.string == "OOMKilled" {
            let limit = spec?["resources"]?["limits"]?["memory"]?.string
            let why = limit.map { "it needs more than its limit of \($0)" } ?? "its node has no more"
            return Verdict(
                isRepeated ? .failed : .warning,
                "it ran out of memory (exit 137): \(why)",
                remedy: "Give it more with node-settings (memory), or take larger nodes",
                loggingPod: pod.objectName
            )
        }
        if code == 128 || ended["reason"]?.string == "ContainerCannotRun" {
            let node = pod["spec"]?["nodeName"]?.string ?? "unknown"
            return Verdict(.warning, "node \(node) could not start it: \(ended["message"]?.string?.oneLine ?? "")")
        }
        return isRepeated ? crash(exit: code) : Verdict(.warning, "it ended with exit code \(code ?? 0)")
    }

    private func crash(exit code: Int?) -> Verdict {
        let exit = code.map { " (exit \($0))" } ?? ""
        return Verdict(
            .failed,
            "it is crashing repeatedly\(exit), restarted \(times(restarts))",
            remedy: "Look at its log; the model itself fails",
            loggingPod: pod.objectName
        )
    }

    private func times(_ count: Int) -> String { count == 1 ? "once" : "\(count) times" }
}
