internal import Documents
internal import Kubernetes
internal import Synchronization

/// Follows the objects of a namespace side by side and wakes a reader whenever something has changed.
final class NamespaceWatch: Sendable {
    /// What tells how the pods of Deployments are doing.
    static let workloads: [ObjectKind] = [.deployment, .replicaSet, .pod, .claim, .event]

    private struct State {
        var snapshot = ClusterSnapshot()
        var seen: Set<ObjectKind> = []
        var interruption: String?
    }

    private let kinds: [ObjectKind]
    private let state = Mutex(State())
    private let changes: AsyncStream<Void>
    private let signal: AsyncStream<Void>.Continuation

    private init(kinds: [ObjectKind]) {
        self.kinds = kinds
        // One pending wake-up is as good as many.
        (changes, signal) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Nil until every kind was listed once.
    var snapshot: ClusterSnapshot? {
        state.withLock { $0.seen.count == kinds.count ? $0.snapshot : nil }
    }

    /// Why a connection broke, once for each time.
    func takeInterruption() -> String? {
        state.withLock { state in
            defer { state.interruption = nil }
            return state.interruption
        }
    }

    /// One element for at least every change, and one each second.
    var ticks: AsyncStream<Void> { changes }

    /// Follows kinds of a namespace for as long as the body takes.
    /// - Throws: what the body throws, or what does not heal of the watches.
    static func following(
        _ kinds: [ObjectKind],
        of cluster: KubernetesClient,
        in namespace: String,
        _ body: @escaping @Sendable (NamespaceWatch) async throws -> Void
    ) async throws {
        let watch = NamespaceWatch(kinds: kinds)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await watch.run(cluster, namespace: namespace) }
            group.addTask { try await body(watch) }
            // The watch ends only with an error, the body when all is said.
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    /// Follows all kinds until the task is cancelled.
    /// - Throws: what will not heal by itself.
    private func run(_ cluster: KubernetesClient, namespace: String) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for kind in kinds {
                group.addTask {
                    try await explaining { () async throws(KubernetesError) in
                        try await cluster.watch(kind, namespace: namespace) { self.take($0, kind) }
                    }
                }
            }
            group.addTask {
                while true {
                    try await Task.sleep(for: .seconds(1))
                    self.signal.yield()
                }
            }
            do {
                try await group.next()
            } catch {
                group.cancelAll()
                throw error
            }
        }
    }

    private func take(_ event: WatchEvent, _ kind: ObjectKind) {
        state.withLock { state in
            switch event {
            case .reset(let items):
                state.seen.insert(kind)
                state.snapshot.replace(kind, with: items)
            case .changed(let object): state.snapshot.apply(kind, .modified, object)
            case .deleted(let object): state.snapshot.apply(kind, .deleted, object)
            case .interrupted(let reason): state.interruption = reason
            }
        }
        signal.yield()
    }
}
