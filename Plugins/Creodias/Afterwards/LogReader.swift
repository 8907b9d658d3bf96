internal import Blueprints
internal import Documents
internal import Kubernetes
internal import Manifests
internal import TargetContract

/// Reads what the containers of a deployed solution print.
struct LogReader {
    let cluster: KubernetesClient
    let namespace: String
    let solution: SolutionReference

    func read(node: String?, follow: Bool, line: @escaping @Sendable (LogLine) -> Void) async throws {
        let names = try await nodes()
        guard !names.isEmpty else {
            throw TargetError(
                .invalidOption,
                what: "There are no logs",
                why: "nothing of the solution \(solution.solutionID) is deployed in \(namespace)",
                remedy: "Check the namespace"
            )
        }
        if let node, !names.contains(node) {
            throw TargetError(
                .invalidOption,
                what: "There is no node \(node.prefix(60))",
                why: "deployed are \(names.joined(separator: ", "))",
                remedy: "Take one of these"
            )
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for pod in try await pods(of: node.map { [$0] } ?? names) {
                group.addTask { try await read(pod, follow: follow, line: line) }
            }
            try await group.waitForAll()
        }
    }

    private func read(
        _ pod: (name: String, node: String),
        follow: Bool,
        line: @Sendable (LogLine) -> Void
    ) async throws {
        do throws(KubernetesError) {
            try await cluster.logs(ofPod: pod.name, container: pod.node, namespace: namespace, follow: follow) {
                line(LogLine(node: pod.node, text: $0))
            }
        } catch {
            // A container that has not started yet has no log.
            guard error.code == .invalid else {
                return try await explaining { () async throws(KubernetesError) in throw error }
            }
        }
    }

    private func nodes() async throws -> [String] {
        let selector = Ownership.selector(solution: ManifestWriter.solutionLabel(solution.solutionID))
        return try await explaining { () async throws(KubernetesError) in
            try await cluster.list(.deployment, namespace: namespace, labels: selector).items
        }.compactMap { $0["metadata"]?["name"]?.string }
    }

    private func pods(of nodes: [String]) async throws -> [(name: String, node: String)] {
        try await explaining { () async throws(KubernetesError) in
            try await cluster.list(.pod, namespace: namespace).items
        }.compactMap { pod in
            guard let name = pod["metadata"]?["name"]?.string,
                let node = pod["metadata"]?["labels"]?["app"]?.string, nodes.contains(node)
            else { return nil }
            return (name, node)
        }
    }
}
