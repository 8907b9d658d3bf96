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
        report(DeploymentEvent(.planning, text: "Checking the cluster"))
        let preflight = try await Preflight(plan, request: request, cluster: cluster)
        for warning in preflight.warnings {
            report(DeploymentEvent(.warning, text: "\(warning.what): \(warning.why)", remedy: warning.remedy))
        }
        if let error = TargetError(obstacles: preflight.obstacles) { throw error }
        let namespace = preflight.state == .absent ? try await makeNamespace() : nil
        let lease = try await NamespaceLease.take(cluster, namespace: request.namespace, report: report)
        do {
            let outcome = try await work(preflight, namespace: namespace)
            await lease.release()
            return outcome
        } catch {
            await lease.release()
            throw error
        }
    }

    private func makeNamespace() async throws -> ObjectIdentity? {
        let name = request.namespace
        let object: Document = [
            "apiVersion": "v1", "kind": "Namespace",
            "metadata": [
                "name": .string(name), "labels": .object([Ownership.managedByLabel: .string(Ownership.manager)]),
            ],
        ]
        let namespace = try await explaining { () async throws(KubernetesError) in
            try await cluster.apply(.document(object), .namespace, name)
        }
        report(DeploymentEvent(.information, text: "created Namespace \(name)"))
        return namespace["metadata"]?["uid"]?.string.map { ObjectIdentity(kind: .namespace, name: name, uid: $0) }
    }

    private func work(_ preflight: Preflight, namespace: ObjectIdentity?) async throws -> DeploymentOutcome {
        let applier = Applier(
            cluster: cluster,
            namespace: request.namespace,
            takesOver: request.takesOver,
            report: report
        )
        let made = MadeObjects(namespace)
        do {
            return DeploymentOutcome(state: .running, links: try await work(preflight, applier, made))
        } catch {
            if request.rollsBack {
                report(DeploymentEvent(.phase, text: "Removing what was made"))
                // Also after a cancelled deployment.
                await Task.detached { await applier.rollBack(made.all) }.value
            } else if let failure = error as? TargetError, let remains = made.words {
                throw failure.adding(remains)
            }
            throw error
        }
    }

    private func work(
        _ preflight: Preflight,
        _ applier: Applier,
        _ made: MadeObjects
    ) async throws -> [DeploymentOutcome.Link] {
        let exposure = WebExposure(
            plan: plan,
            request: request,
            connection: connection,
            preflight: preflight,
            applier: applier,
            report: report
        )
        if preflight.isSettled {
            report(DeploymentEvent(.information, text: "everything is there and ready; nothing is changed"))
            guard request.findsPages else {
                try await startPipeline()
                return exposure.known()
            }
        } else {
            try await apply(preflight.work, applier, made)
        }
        async let links = exposure.run { made.append($0) }
        try await startPipeline()
        return try await links
    }

    private func apply(_ work: WorkPlan, _ applier: Applier, _ made: MadeObjects) async throws {
        try await requireStillFree()
        report(DeploymentEvent(.applying, text: "Applying"))
        try await applier.apply(work) { made.append($0) }
        report(DeploymentEvent(.waiting, text: "Waiting until everything is ready"))
        let wait = ReadinessWait(
            cluster: cluster,
            namespace: request.namespace,
            deployments: plan.deploymentNames,
            claims: plan.sharedFolders.map(\.claimName),
            patience: request.patience,
            report: report
        )
        try await wait.run()
    }

    private func startPipeline() async throws {
        guard let orchestrator = plan.orchestrator else { return }
        let run = OrchestratorRun(
            plan: plan,
            orchestrator: orchestrator,
            request: request,
            connection: connection,
            report: report
        )
        try await run.run()
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
    private let objects: Mutex<[ObjectIdentity]>

    init(_ first: ObjectIdentity?) { objects = Mutex([first].compactMap(\.self)) }

    func append(_ object: ObjectIdentity) { objects.withLock { $0.append(object) } }
    var all: [ObjectIdentity] { objects.withLock(\.self) }

    /// What there is now, for people; nil for nothing.
    var words: String? {
        let names = all.map { "\($0.kind.kind) \($0.name)" }
        return names.isEmpty ? nil : "made by this run and still there: \(names.joined(separator: ", "))"
    }
}

extension SolutionPlan {
    /// The names of its Deployments, the orchestrator's last.
    var deploymentNames: [String] { nodes.map(\.name) + [orchestrator?.name].compactMap(\.self) }
}

extension TargetError {
    /// The error with something more to know about it.
    fileprivate func adding(_ words: String) -> TargetError {
        var error = self
        error.why += "; \(words)"
        return error
    }

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
