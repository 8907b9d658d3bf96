internal import Blueprints
internal import Documents
internal import Kubernetes
internal import Manifests
internal import Passes
internal import Synchronization
internal import TargetContract

/// One deployment, from the first look at the cluster until everything is ready.
struct ClusterDeployment: Sendable {
    let plan: SolutionPlan
    let request: DeploymentRequest
    let connection: ClusterConnection
    let report: EventReporter

    private var cluster: KubernetesClient { connection.api }

    func run() async throws -> DeploymentOutcome {
        report(DeploymentEvent(.phase, text: "Checking the cluster"))
        let preflight = try await Preflight(plan, request: request, cluster: cluster)
        for warning in preflight.warnings {
            report(DeploymentEvent(.warning, text: "\(warning.what): \(warning.why). \(warning.remedy)."))
        }
        if let error = TargetError(obstacles: preflight.obstacles) { throw error }
        if preflight.state == .absent { try await makeNamespace() }
        let lease = try await NamespaceLease.take(cluster, namespace: request.namespace, report: report)
        do {
            let outcome = try await work(preflight)
            await lease.release()
            return outcome
        } catch {
            await lease.release()
            throw error
        }
    }

    private func makeNamespace() async throws {
        let name = request.namespace
        let object: Document = [
            "apiVersion": "v1", "kind": "Namespace",
            "metadata": [
                "name": .string(name), "labels": .object([Ownership.managedByLabel: .string(Ownership.manager)]),
            ],
        ]
        _ = try await explaining { () async throws(KubernetesError) in
            try await cluster.apply(.document(object), .namespace, name)
        }
        report(DeploymentEvent(.information, text: "created Namespace \(name)"))
    }

    private func work(_ preflight: Preflight) async throws -> DeploymentOutcome {
        try await requireStillFree()
        let made = MadeObjects()
        let applier = Applier(
            cluster: cluster,
            namespace: request.namespace,
            takesOver: request.takesOver,
            report: report
        )
        do {
            report(DeploymentEvent(.phase, text: "Applying"))
            try await applier.apply(preflight.work) { made.append($0) }
            report(DeploymentEvent(.phase, text: "Waiting until everything is ready"))
            let names = plan.nodes.map(\.name) + [plan.orchestrator?.name].compactMap(\.self)
            let wait = ReadinessWait(
                cluster: cluster,
                namespace: request.namespace,
                deployments: names,
                patience: request.patience,
                report: report
            )
            try await wait.run()
        } catch {
            if request.rollsBack {
                report(DeploymentEvent(.phase, text: "Removing what was made"))
                // Also after a cancelled deployment.
                await Task.detached { await applier.rollBack(made.all) }.value
            }
            throw error
        }
        if let orchestrator = plan.orchestrator {
            let run = OrchestratorRun(
                plan: plan,
                orchestrator: orchestrator,
                request: request,
                connection: connection,
                report: report
            )
            try await run.run()
        }
        let links = try await ServiceLinks(plan: plan, request: request, nodes: preflight.nodes).find(cluster, report)
        return DeploymentOutcome(state: .running, links: links)
    }

    /// Between the first look and the lease another deployment may have come.
    private func requireStillFree() async throws {
        let namespace = request.namespace
        let found = try await explaining { () async throws(KubernetesError) in
            try await cluster.list(.deployment, namespace: namespace).items
        }
        let solution = ManifestWriter.solutionLabel(plan.reference.solutionID)
        let others = found.filter { Ownership(of: $0, solution: solution) != .ours }
        guard let other = others.first else { return }
        throw TargetError(
            .conflict,
            what: "The namespace \(namespace) is in use by others",
            why: "Deployment \(other["metadata"]?["name"]?.string ?? "") has come meanwhile",
            remedy: "Take another namespace"
        )
    }
}

/// Takes objects from several tasks.
private final class MadeObjects: Sendable {
    private let objects = Mutex<[Applier.Made]>([])

    func append(_ object: Applier.Made) { objects.withLock { $0.append(object) } }
    var all: [Applier.Made] { objects.withLock(\.self) }
}

extension TargetError {
    /// The first obstacle, with the others behind it; nil without any.
    init?(obstacles: [DeploymentPreview.Finding]) {
        guard let first = obstacles.first else { return nil }
        let others = obstacles.dropFirst().map { "\($0.what): \($0.why)" }
        self.init(
            .conflict,
            what: first.what,
            why: ([first.why] + others).joined(separator: "; "),
            remedy: first.remedy
        )
    }
}
