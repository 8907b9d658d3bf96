internal import Documents
internal import Kubernetes
internal import TargetContract

/// Waits until all Deployments are ready, tells how each is doing, and ends early where one is doomed. Claims are
/// followed beside them, since what hinders a volume keeps its pods waiting.
struct ReadinessWait: Sendable {
    let cluster: KubernetesClient
    let namespace: String
    let deployments: [String]
    let claims: [String]
    /// How long nothing may happen.
    let patience: Duration
    let report: EventReporter

    func run() async throws {
        try await NamespaceWatch.following(NamespaceWatch.workloads, of: cluster, in: namespace) { watch in
            try await follow(watch)
        }
    }

    /// What was told last of each Deployment and claim.
    private struct Told {
        var deployments: [String: Verdict] = [:]
        var claims: [String: Verdict] = [:]
    }

    private func follow(_ watch: NamespaceWatch) async throws {
        var told = Told()
        var renewed: Set<String>?
        var clock = ProgressClock(quietLimit: patience.components.seconds, startedAt: Timestamp.now.seconds)
        for await _ in watch.ticks {
            try Task.checkCancellation()
            let now = Timestamp.now.seconds
            if let reason = watch.takeInterruption() {
                let text = "the connection to the cluster broke and is made again: \(reason)"
                report(DeploymentEvent(.warning, text: text))
            }
            if var snapshot = watch.snapshot {
                if renewed == nil { renewed = await renewFailedPods(in: snapshot, at: now) }
                snapshot.pods = snapshot.pods.filter { renewed?.contains(uid(of: $0.value)) != true }
                if try await isReady(snapshot, at: now, &told) { return }
                clock.observe(snapshot.progressMarks, at: now)
            }
            if clock.isExpired(at: now) { throw exhausted(told) }
        }
        try Task.checkCancellation()
    }

    /// Tells what has changed.
    /// - Throws: where a Deployment is doomed.
    private func isReady(_ snapshot: ClusterSnapshot, at now: Int64, _ told: inout Told) async throws -> Bool {
        let verdicts = deployments.map { ($0, Readiness.deployment(named: $0, in: snapshot, at: now)) }
        for (name, verdict) in verdicts where told.deployments[name] != verdict {
            told.deployments[name] = verdict
            tell(name, verdict)
        }
        for name in claims {
            let verdict = Readiness.claim(named: name, in: snapshot, at: now)
            if told.claims[name] != verdict { tellClaim(verdict) }
            told.claims[name] = verdict
        }
        if let (name, verdict) = verdicts.first(where: { $0.1.state == .failed }) {
            throw await failure(of: name, verdict)
        }
        return verdicts.allSatisfy { $0.1.state == .ready }
    }

    /// Deletes pods that an earlier run has left failing, so that what has been mended since counts at once and not
    /// after a back-off of minutes. Returns their uids; what may not be deleted is judged as it is.
    private func renewFailedPods(in snapshot: ClusterSnapshot, at now: Int64) async -> Set<String> {
        var renewed: Set<String> = []
        for (name, pod) in snapshot.pods.sorted(by: { $0.key < $1.key })
        where deployments.contains(pod["metadata"]?["labels"]?["app"]?.string ?? "") {
            guard Readiness.pod(named: name, in: snapshot, at: now).state == .failed else { continue }
            do throws(KubernetesError) {
                _ = try await cluster.delete(.pod, name, namespace: namespace, uid: uid(of: pod))
            } catch {
                continue
            }
            renewed.insert(uid(of: pod))
            report(DeploymentEvent(.information, text: "pod \(name) had failed before and is made anew"))
        }
        return renewed
    }

    private func uid(of pod: Document) -> String { pod["metadata"]?["uid"]?.string ?? "" }

    private func tell(_ name: String, _ verdict: Verdict) {
        report(
            DeploymentEvent(
                .nodeState,
                node: name,
                state: "\(verdict.state)",
                text: verdict.reason,
                remedy: verdict.remedy
            )
        )
    }

    private func tellClaim(_ verdict: Verdict) {
        guard verdict.state == .warning || verdict.state == .failed else { return }
        report(DeploymentEvent(.warning, text: verdict.reason, remedy: verdict.remedy))
    }

    /// The reason with the container's last words.
    private func failure(of name: String, _ verdict: Verdict) async -> TargetError {
        var why = verdict.reason
        if let source = verdict.logs {
            let lines = await LastWords(cluster: cluster, namespace: namespace).of(source)
            if !lines.isEmpty {
                why += "; its last lines: " + lines.joined(separator: " | ")
                report(
                    DeploymentEvent(
                        .nodeState,
                        node: name,
                        state: "\(verdict.state)",
                        text: verdict.reason,
                        remedy: verdict.remedy,
                        logs: lines
                    )
                )
            }
        }
        return TargetError(
            .failed,
            what: "The node \(name) does not start",
            why: why,
            remedy: verdict.remedy ?? "Look at its state with kubectl describe"
        )
    }

    /// What hinders claims comes first: their pods wait for them.
    private func exhausted(_ told: Told) -> TargetError {
        let hindered = told.claims.filter { $0.value.state == .warning || $0.value.state == .failed }
        let open = [hindered, told.deployments.filter { $0.value.state != .ready }].flatMap {
            $0.sorted { $0.key < $1.key }
        }
        let reasons = open.map { "\($0.key): \($0.value.reason)" }.joined(separator: "; ")
        return TargetError(
            .failed,
            what: "Nothing has happened for \(patience.components.seconds) s, and the wait has ended",
            why: reasons.isEmpty ? "the cluster has told nothing" : reasons,
            remedy: open.compactMap(\.value.remedy).first
                ?? "What was deployed stays; look at it with graphene-deployer status, or wait longer with timeout"
        )
    }
}
