internal import Blueprints
internal import Documents
internal import Kubernetes
internal import Manifests
internal import TargetContract

/// Looks at a deployed solution once.
struct StatusReader {
    let cluster: KubernetesClient
    let namespace: String
    let solution: SolutionReference

    func read() async throws -> DeploymentStatus {
        let label = ManifestWriter.solutionLabel(solution.solutionID)
        var snapshot = ClusterSnapshot()
        for kind in NamespaceWatch.workloads {
            let items = try await explaining { () async throws(KubernetesError) in
                try await cluster.list(kind, namespace: namespace).items
            }
            snapshot.replace(kind, with: items)
        }
        let names = snapshot.deployments.filter { Ownership(of: $0.value, solution: label) == .ours }.keys.sorted()
        let now = Timestamp.now.seconds
        let nodes = names.map { name in
            let verdict = Readiness.deployment(named: name, in: snapshot, at: now)
            return DeploymentStatus.Node(
                name: name,
                state: state(of: verdict),
                reason: verdict.reason,
                remedy: verdict.remedy
            )
        }
        let ordered = nodes.filter { $0.name != "orchestrator" } + nodes.filter { $0.name == "orchestrator" }
        return DeploymentStatus(state: overall(ordered), nodes: ordered, links: try await links(label))
    }

    private func links(_ solution: String) async throws -> [DeploymentOutcome.Link] {
        var live: [ObjectKind: [Document]] = [:]
        for kind in [ObjectKind.service, .ingress, .node] {
            live[kind] = try await ClusterView.permitted { () async throws(KubernetesError) in
                try await cluster.list(kind, namespace: namespace).items
            }
        }
        return WebAddresses(live: live, nodes: live[.node].map(NodeView.init), solution: solution).links
    }

    private func state(of verdict: Verdict) -> DeploymentStatus.State {
        switch verdict.state {
        case .ready: .running
        case .progressing, .warning: .progressing
        case .failed: .failed
        }
    }

    private func overall(_ nodes: [DeploymentStatus.Node]) -> DeploymentStatus.State {
        if nodes.isEmpty { return .absent }
        if nodes.contains(where: { $0.state == .failed }) { return .failed }
        return nodes.allSatisfy { $0.state == .running } ? .running : .progressing
    }
}
