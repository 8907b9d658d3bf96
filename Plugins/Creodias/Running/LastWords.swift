internal import Kubernetes

/// The last lines that a failed container printed; none where they cannot be had, which is no failure of its own.
struct LastWords {
    let cluster: KubernetesClient
    let namespace: String
    static let count = 5

    /// Of the run that the verdict means, or of the other one where that has printed nothing.
    func of(_ source: LogSource) async -> [String] {
        for previous in [source.isPrevious, !source.isPrevious] {
            var lines: [String] = []
            do throws(KubernetesError) {
                try await cluster.logs(
                    ofPod: source.pod,
                    container: source.container,
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
