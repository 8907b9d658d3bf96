internal import Blueprints
internal import Documents
internal import Kubernetes
internal import Manifests
internal import TargetContract

/// Takes a solution away: what carries its labels, and nothing else.
struct Removal {
    let cluster: KubernetesClient
    let namespace: String
    let solution: SolutionReference
    let deletesVolumes: Bool
    let patience: Duration
    let report: EventReporter

    func run() async throws {
        report(DeploymentEvent(.removing, text: "Removing"))
        guard try await !find().isEmpty else {
            return report(DeploymentEvent(.information, text: "nothing of the solution is in \(namespace)"))
        }
        let lease = try await NamespaceLease.take(cluster, namespace: namespace, report: report)
        do {
            let objects = try await find()
            try await delete(objects)
            try await waitUntilGone(objects)
            await lease.release()
        } catch {
            await lease.release()
            throw error
        }
    }

    /// Objects of ours in the order of their removal: pods let go of volumes before these go.
    private func find() async throws -> [ObjectIdentity] {
        let kinds: [ObjectKind] =
            [.deployment, .service, .ingress, .secret] + (deletesVolumes ? [.claim] : [])
        let label = ManifestWriter.solutionLabel(solution.solutionID)
        let selector = Ownership.selector(solution: label)
        var found: [ObjectIdentity] = []
        for kind in kinds {
            let items = try await explaining { () async throws(KubernetesError) -> [Document] in
                do throws(KubernetesError) {
                    return try await cluster.list(kind, namespace: namespace, labels: selector).items
                } catch {
                    // Accounts that may not see Secrets or Ingresses have made none here.
                    guard [.secret, .ingress].contains(kind), error.code == .forbidden else { throw error }
                    return []
                }
            }
            found += items.compactMap { object in
                guard let name = object["metadata"]?["name"]?.string, let uid = object["metadata"]?["uid"]?.string
                else {
                    return nil
                }
                return ObjectIdentity(kind: kind, name: name, uid: uid)
            }
        }
        return found
    }

    private func delete(_ objects: [ObjectIdentity]) async throws {
        for stage in [objects.filter { $0.kind != .claim }, objects.filter { $0.kind == .claim }] {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for object in stage { group.addTask { try await delete(object) } }
                try await group.waitForAll()
            }
        }
    }

    private func delete(_ object: ObjectIdentity) async throws {
        _ = try await explaining { () async throws(KubernetesError) in
            try await cluster.delete(object.kind, object.name, namespace: namespace, uid: object.uid)
        }
        report(DeploymentEvent(.information, text: "removed \(object.kind.kind) \(object.name)"))
    }

    /// Finalizers of load balancers and volumes take their time; what owns nothing is gone at once.
    private func waitUntilGone(_ objects: [ObjectIdentity]) async throws {
        let deadline = ContinuousClock.now + patience
        let removed = Set(objects.map(\.uid))
        while true {
            let left = try await find().filter { removed.contains($0.uid) }
            let isEmptying = try await hasPods(of: objects)
            guard !left.isEmpty || isEmptying else { return }
            guard ContinuousClock.now < deadline else { throw stuck(left) }
            try await Task.sleep(for: .milliseconds(300))
        }
    }

    private func hasPods(of objects: [ObjectIdentity]) async throws -> Bool {
        let names = Set(objects.filter { $0.kind == .deployment }.map(\.name))
        guard !names.isEmpty else { return false }
        let pods = try await explaining { () async throws(KubernetesError) in
            try await cluster.list(.pod, namespace: namespace).items
        }
        return pods.contains { names.contains($0["metadata"]?["labels"]?["app"]?.string ?? "") }
    }

    private func stuck(_ left: [ObjectIdentity]) -> TargetError {
        let names = left.map { "\($0.kind.kind) \($0.name)" }.joined(separator: ", ")
        return TargetError(
            .failed,
            what: "The solution is not gone after \(patience.components.seconds) s",
            why: left.isEmpty ? "pods are still ending" : "the cluster still clears up \(names)",
            remedy: "Look at the objects' finalizers and events, and undeploy again"
        )
    }
}
