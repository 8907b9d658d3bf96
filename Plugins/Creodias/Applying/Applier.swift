internal import Documents
internal import Kubernetes
internal import TargetContract

/// Sends what a work plan asks for, stage by stage, the objects of a stage side by side.
struct Applier {
    let cluster: KubernetesClient
    let namespace: String
    let takesOver: Bool
    let report: EventReporter

    /// Applies everything, then prunes. What is unchanged is not sent.
    /// - Parameter made: takes each object as soon as it is made, also when a later one fails.
    func apply(_ plan: WorkPlan, made: (ObjectIdentity) -> Void) async throws {
        for stage in DesiredObject.Stage.allCases {
            let works = plan.works.filter { $0.object.stage == stage && $0.isNeeded }
            guard !works.isEmpty else { continue }
            try Task.checkCancellation()
            try await apply(works, made: made)
        }
        for leftover in plan.leftovers {
            let kind = leftover.kind, name = leftover.name
            _ = try await explaining { () async throws(KubernetesError) in
                try await cluster.delete(kind, name, namespace: namespace, uid: leftover.uid)
            }
            report(DeploymentEvent(.information, text: "removed \(kind.kind) \(name) of an earlier revision"))
        }
    }

    /// All objects of a stage are tried, also after a failure; the first failure in their order is thrown.
    private func apply(_ works: [ObjectWork], made: (ObjectIdentity) -> Void) async throws {
        let failures = await withTaskGroup(of: (Int, Result<Document, KubernetesError>).self) { group in
            for (position, work) in works.enumerated() {
                group.addTask { (position, await send(work.object)) }
            }
            var failures: [Int: KubernetesError] = [:]
            for await (position, result) in group {
                let work = works[position]
                switch result {
                case .failure(let error): failures[position] = error
                case .success(let document):
                    note(work, document, made: made)
                }
            }
            return failures
        }
        guard let first = failures.min(by: { $0.key < $1.key })?.value else { return }
        if first.code == .cancelled { throw CancellationError() }
        throw TargetError(first)
    }

    private func send(_ object: DesiredObject) async -> Result<Document, KubernetesError> {
        do throws(KubernetesError) {
            return .success(
                try await cluster.apply(
                    object.body,
                    object.kind,
                    object.name,
                    namespace: namespace,
                    takesOver: takesOver
                )
            )
        } catch {
            return .failure(error)
        }
    }

    private func note(_ work: ObjectWork, _ document: Document, made: (ObjectIdentity) -> Void) {
        let object = work.object
        if case .create = work.action {
            if let uid = document["metadata"]?["uid"]?.string {
                made(ObjectIdentity(kind: object.kind, name: object.name, uid: uid))
            }
            report(DeploymentEvent(.information, text: "created \(object.kind.kind) \(object.name)"))
        } else {
            report(DeploymentEvent(.information, text: "changed \(object.kind.kind) \(object.name)"))
        }
    }

    /// Removes what this run made, the last first. A namespace goes only if nobody else has put anything there.
    func rollBack(_ made: [ObjectIdentity]) async {
        for object in made.reversed() {
            do throws(KubernetesError) {
                if object.kind == .namespace, try await isUsedByOthers(object.name) {
                    let text = "the Namespace \(object.name) stays, as others have put something there"
                    report(DeploymentEvent(.information, text: text))
                    continue
                }
                _ = try await cluster.delete(object.kind, object.name, namespace: namespace, uid: object.uid)
                report(DeploymentEvent(.information, text: "removed \(object.kind.kind) \(object.name) again"))
            } catch {
                let text = "\(object.kind.kind) \(object.name) could not be removed again: \(error.message)"
                report(DeploymentEvent(.warning, text: text))
            }
        }
    }

    /// Whether a namespace holds what neither this software nor the cluster itself has made there.
    private func isUsedByOthers(_ name: String) async throws(KubernetesError) -> Bool {
        for kind in [ObjectKind.deployment, .pod, .service, .claim, .secret, .configMap] {
            let items = try await cluster.list(kind, namespace: name).items
            if items.contains(where: Self.isOfOthers) { return true }
        }
        return false
    }

    private static func isOfOthers(_ object: Document) -> Bool {
        let metadata = object["metadata"]
        let isMadeByCluster =
            metadata?["name"]?.string == "kube-root-ca.crt"
            || object["type"]?.string == "kubernetes.io/service-account-token"
        let isOwned = metadata?["ownerReferences"]?.array?.isEmpty == false
        return !isMadeByCluster && !isOwned
            && metadata?["labels"]?[Ownership.managedByLabel]?.string != Ownership.manager
    }
}

extension ObjectKind {
    fileprivate static let configMap = ObjectKind(apiVersion: "v1", kind: "ConfigMap", resource: "configmaps")
}
