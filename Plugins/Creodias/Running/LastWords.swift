internal import Kubernetes

/// The last lines that a failed container printed; none where they cannot be had, which is no failure of its own.
struct LastWords {
    let cluster: KubernetesClient
    let namespace: String
    private static let count = 5

    init(cluster: KubernetesClient, namespace: String) {
        self.cluster = cluster
        self.namespace = namespace
    }

    /// Of the run before the last restart, or of the present one.
    func of(pod: String, container: String) async -> [String] {
        for previous in [true, false] {
            var lines: [String] = []
            do throws(KubernetesError) {
                try await cluster.logs(
                    ofPod: pod,
                    container: container,
                    namespace: namespace,
                    previous: previous,
                    tail: Self.count
                ) { lines.append(String($0.prefix(300))) }
            } catch {
                continue
            }
            let printed = lines.filter { !$0.allSatisfy(\.isWhitespace) }
            if !printed.isEmpty { return printed }
        }
        return []
    }
}
