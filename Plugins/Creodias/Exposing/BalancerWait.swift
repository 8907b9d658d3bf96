internal import Documents
internal import Kubernetes
internal import TargetContract

/// Waits until load balancers have their addresses. One that gets none is a warning: the solution runs all the same.
struct BalancerWait: Sendable {
    let cluster: KubernetesClient
    let namespace: String
    let services: [String]
    /// How long the wait lasts.
    let patience: Duration
    let report: EventReporter

    func run() async throws {
        guard !services.isEmpty else { return }
        report(DeploymentEvent(.phase, text: "Waiting for load balancers"))
        try await NamespaceWatch.following([.service, .event], of: cluster, in: namespace) { watch in
            try await follow(watch)
        }
    }

    private func follow(_ watch: NamespaceWatch) async throws {
        let deadline = ContinuousClock.now + patience
        var told: [String: Verdict] = [:]
        for await _ in watch.ticks {
            try Task.checkCancellation()
            let isOver = ContinuousClock.now > deadline
            if let snapshot = watch.snapshot {
                let now = Timestamp.now.seconds
                let verdicts = services.map { ($0, Readiness.service(named: $0, in: snapshot, at: now)) }
                for (name, verdict) in verdicts where told[name] != verdict {
                    told[name] = verdict
                    guard verdict.state != .ready else { continue }
                    report(DeploymentEvent(.warning, text: [verdict.reason, verdict.remedy].joinedSentences))
                }
                if verdicts.allSatisfy({ $0.1.state == .ready }) { return }
            }
            if isOver {
                let seconds = patience.components.seconds
                let text = "a load balancer has no address after \(seconds) s; graphene-deployer status shows it later"
                return report(DeploymentEvent(.warning, text: text))
            }
        }
        try Task.checkCancellation()
    }
}

extension [String?] {
    /// The phrases that are there, with full stops between them.
    fileprivate var joinedSentences: String { compactMap(\.self).joined(separator: ". ") }
}
