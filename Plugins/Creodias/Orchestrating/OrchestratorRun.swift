internal import Documents
internal import Kubernetes
internal import Manifests
internal import Orchestration
internal import Passes
internal import TargetContract

/// Initialises the orchestrator of a deployed pipeline and runs it, unless it runs this very plan already.
struct OrchestratorRun: Sendable {
    let plan: SolutionPlan
    let orchestrator: PlannedOrchestrator
    let request: DeploymentRequest
    let connection: ClusterConnection
    let report: EventReporter
    /// How long events are taken after the start.
    private static let observation: Duration = .seconds(3)

    init(
        plan: SolutionPlan,
        orchestrator: PlannedOrchestrator,
        request: DeploymentRequest,
        connection: ClusterConnection,
        report: @escaping EventReporter
    ) {
        self.plan = plan
        self.orchestrator = orchestrator
        self.request = request
        self.connection = connection
        self.report = report
    }

    /// - Parameter isAnew: whether a running pipeline is started from its beginning.
    func run(isAnew: Bool = false) async throws {
        report(DeploymentEvent(.phase, text: "Starting the pipeline"))
        let digest = try plan.digest()
        var pod = try await readyPod()
        var link = OrchestratorLink(connection, namespace: request.namespace, pod: pod.name)
        defer { link.close() }
        let status = try await settledStatus(link)
        if !isAnew, pod.holds(digest) {
            if status?.state == .running {
                report(DeploymentEvent(.information, text: "the pipeline runs already"))
                return
            }
            // An earlier run of ours ended between the two calls.
            if status?.state == .initialized { return try await start(link) }
        }
        if let status, case .restart(let why) = OrchestratorSequence.beginning(with: status) {
            report(DeploymentEvent(.information, text: "the orchestrator is restarted: \(why)"))
            link.close()
            pod = try await replacement(of: pod)
            link = OrchestratorLink(connection, namespace: request.namespace, pod: pod.name)
            _ = try await settledStatus(link)
        }
        try await initialize(link)
        await note(digest, on: pod)
        try await start(link)
    }

    // MARK: Calls

    /// The state once no call is under way in it; nil for versions that do not tell it.
    private func settledStatus(_ link: OrchestratorLink) async throws -> OrchestratorStatus? {
        let deadline = ContinuousClock.now + .seconds(60)
        while true {
            do throws(OrchestratorError) {
                let status = try await link.client.status()
                guard OrchestratorSequence.beginning(with: status) == .wait else { return status }
            } catch {
                if error.code == .unimplemented {
                    let text = "the orchestrator does not tell its state; it is older than version 1.3"
                    report(DeploymentEvent(.warning, node: orchestrator.name, text: text))
                    return nil
                }
                guard error.code == .unavailable, ContinuousClock.now < deadline else { throw trouble(error) }
            }
            guard ContinuousClock.now < deadline else {
                let error = OrchestratorError(.unavailable, call: "get_status", message: "it is initializing for a minute")
                throw trouble(error)
            }
            try await Task.sleep(for: .milliseconds(300))
        }
    }

    private func initialize(_ link: OrchestratorLink) async throws {
        let files = plan.nodes.compactMap(\.proto).map { ($0.name, $0.text) }
        let dockerInfo = DockerInfo.document(for: plan, nodeServicePort: ContainerPort.api)
        do throws(OrchestratorError) {
            let answer = try await link.client.initialize(
                blueprint: plan.blueprint ?? "",
                dockerInfo: dockerInfo.jsonText(),
                protoFiles: Dictionary(files, uniquingKeysWith: { first, _ in first })
            )
            let status = try await statusIfTold(link)
            let objection = OrchestratorSequence.objection(
                toInitialized: answer,
                status: status,
                operations: orchestrator.operationCount
            )
            guard let objection else { return }
            throw OrchestratorError(.failed, call: "initialize", message: objection)
        } catch {
            throw trouble(error)
        }
    }

    private func statusIfTold(_ link: OrchestratorLink) async throws(OrchestratorError) -> OrchestratorStatus? {
        do {
            return try await link.client.status()
        } catch {
            guard error.code == .unimplemented else { throw error }
            return nil
        }
    }

    private func start(_ link: OrchestratorLink) async throws {
        do throws(OrchestratorError) {
            if let objection = OrchestratorSequence.objection(toRunning: try await link.client.run()) {
                throw OrchestratorError(.failed, call: "run", message: objection)
            }
            report(DeploymentEvent(.nodeState, node: orchestrator.name, state: "running", text: "the pipeline runs"))
            let events = EventTally(report: report)
            try await link.client.observe(for: Self.observation) { events.take($0) }
            events.finish()
        } catch {
            // Older versions cannot be observed; the pipeline runs all the same.
            guard error.call != "observe" else {
                report(DeploymentEvent(.warning, text: "the orchestrator's events cannot be read: \(error.message)"))
                return
            }
            throw trouble(error)
        }
    }

    private func trouble(_ error: OrchestratorError) -> any Error {
        if error.code == .cancelled { return CancellationError() }
        return TargetError(
            error.code == .unavailable ? .unavailable : .failed,
            what: "The orchestrator could not \(error.call == "connect" ? "be reached" : error.call) the pipeline",
            why: error.message,
            remedy: error.code == .unimplemented
                ? "Use an image of the generic parallel orchestrator, version 1.3 or later"
                : "Look at its log with graphene-deployer logs --node \(orchestrator.name)"
        )
    }
}

// MARK: Pods

extension OrchestratorRun {
    private func pods() async throws -> [Document] {
        let name = orchestrator.name
        return try await explaining { () async throws(KubernetesError) in
            try await connection.api.list(.pod, namespace: request.namespace, labels: "app=\(name)").items
        }
    }

    /// The ready pod; between readiness and this look it may have been replaced.
    private func readyPod(except uid: String? = nil) async throws -> OrchestratorPod {
        let deadline = ContinuousClock.now + request.patience
        while true {
            if let pod = OrchestratorPod(pods: try await pods(), orchestrator: orchestrator.name), pod.uid != uid {
                return pod
            }
            guard ContinuousClock.now < deadline else {
                throw TargetError(
                    .failed,
                    what: "The orchestrator's pod does not become ready",
                    why: "it was ready before or was restarted just now",
                    remedy: "Look at it with graphene-deployer status"
                )
            }
            try await Task.sleep(for: .milliseconds(300))
        }
    }

    /// Deletes the pod and waits for its successor.
    private func replacement(of pod: OrchestratorPod) async throws -> OrchestratorPod {
        _ = try await explaining { () async throws(KubernetesError) in
            try await connection.api.delete(.pod, pod.name, namespace: request.namespace, uid: pod.uid)
        }
        return try await readyPod(except: pod.uid)
    }

    /// Notes on the pod what its process was initialised with. Without the note a later run restarts it needlessly.
    private func note(_ digest: String, on pod: OrchestratorPod) async {
        let patch: Document = [
            "apiVersion": "v1", "kind": "Pod",
            "metadata": [
                "name": .string(pod.name), "namespace": .string(request.namespace),
                "annotations": [OrchestratorPod.planAnnotation: .string(pod.mark(digest))],
            ],
        ]
        do throws(KubernetesError) {
            _ = try await connection.api.apply(
                .document(patch),
                .pod,
                pod.name,
                namespace: request.namespace,
                takesOver: true
            )
        } catch {
            let text = "the next deployment will restart the pipeline, as this one could not be noted: \(error.message)"
            report(DeploymentEvent(.warning, text: text))
        }
    }
}
