internal import Documents

extension ContainerReport {
    /// What the reason of the container's state means; nil where the container gives no reason for anything.
    var verdict: Verdict? {
        if let waiting { return verdict(of: waiting) }
        if let terminated { return verdict(of: terminated, isRunning: false) }
        if let lastTerminated, lastTerminated["reason"]?.string == "OOMKilled" {
            return verdict(of: lastTerminated, isRunning: true)
        }
        return nil
    }

    private func verdict(of waiting: Document) -> Verdict? {
        let words = waiting.words("message")
        switch waiting["reason"]?.string {
        case "CrashLoopBackOff": return crashing
        case "ErrImagePull", "ImagePullBackOff", "RegistryUnavailable": return imageProblem(words)
        case "InvalidImageName":
            return Verdict(
                .failed,
                "\(place) has the invalid image name \"\(image)\"\(words.asDetail)",
                remedy: "Correct the image's name in the catalogue and publish the model again"
            )
        case "ErrImageNeverPull":
            return Verdict(
                .failed,
                "\(place): \"\(image)\" is not on node \"\(node)\" and must not be pulled\(words.asDetail)",
                remedy: "Permit pulling (imagePullPolicy), or put the image on the node"
            )
        case "CreateContainerConfigError":
            let isTransient = words.contains("failed to sync") && words.contains("cache")
            return Verdict(
                isTransient ? .warning : .failed,
                "\(place) lacks its configuration\(words.asDetail)",
                remedy: isTransient ? nil : "Create the Secret or ConfigMap that is missing"
            )
        case "CreateContainerError", "RunContainerError": return notCreated(words)
        case let reason?: return Verdict(.progressing, "\(place) is waiting (\(reason.asWords))")
        case nil: return nil
        }
    }

    private var crashing: Verdict {
        guard let last = lastTerminated else {
            return Verdict(.failed, "\(place) is crashing repeatedly, \(restartCount)", remedy: readLog, logs: logs)
        }
        if isNodeFault(last) { return nodeFault(last) }
        if last["reason"]?.string == "OOMKilled" { return outOfMemory(isRepeated: true) }
        let code = last["exitCode"]?.integer ?? 0
        return Verdict(
            .failed,
            "\(place) is crashing repeatedly (exit \(code)), \(restartCount)\(last.words("message").asDetail)",
            remedy: readLog,
            logs: logs
        )
    }

    private func verdict(of ended: Document, isRunning: Bool) -> Verdict? {
        if isNodeFault(ended) { return nodeFault(ended) }
        if ended["reason"]?.string == "OOMKilled" {
            return outOfMemory(isRepeated: restarts > (isRunning ? 1 : 0))
        }
        let code = ended["exitCode"]?.integer ?? 0
        let isInitialised = code == 0 && ended["reason"]?.string == "Completed"
        guard !isInitialised else { return nil }
        return Verdict(.warning, "\(place) has ended (exit \(code)), \(restartCount)", remedy: readLog, logs: logs)
    }

    /// Exit code 128 and `ContainerCannotRun` come from the node's container runtime.
    private func isNodeFault(_ ended: Document) -> Bool {
        ended["exitCode"]?.integer == 128 || ended["reason"]?.string == "ContainerCannotRun"
    }

    private func nodeFault(_ ended: Document) -> Verdict {
        Verdict(
            .warning,
            "\(place) could not be run on node \"\(node)\"\(ended.words("message").asDetail)",
            remedy: "Wait; if it stays so, look at the node and at the image's command"
        )
    }

    private func outOfMemory(isRepeated: Bool) -> Verdict {
        let bound =
            memoryLimit.map { "its memory limit is \($0)" } ?? "it has no memory limit, so its node has too little"
        let time = isRepeated ? "repeatedly" : "once"
        return Verdict(
            isRepeated ? .failed : .warning,
            "\(place) was killed \(time) for want of memory (OOMKilled, exit 137), \(restartCount): \(bound)",
            remedy: memoryLimit == nil ? "Use nodes with more memory" : "Raise the memory limit",
            logs: logs
        )
    }

    private func notCreated(_ words: String) -> Verdict {
        let isRepeated = restarts > 0 || events.contains { $0.reason == "Failed" && $0.count > 1 }
        return Verdict(
            isRepeated ? .failed : .warning,
            "\(place) can't be created on node \"\(node)\"\(words.asDetail)",
            remedy: "Check the image's command and the container's settings"
        )
    }

    private var restartCount: String { restarts == 1 ? "1 restart" : "\(restarts) restarts" }
    private var readLog: String { "Read the container's last log lines" }
}
