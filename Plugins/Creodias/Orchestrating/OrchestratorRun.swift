internal import Blueprints
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

    /// - Parameter isAnew: whether a running pipeline is started from its beginning.
    func run(isAnew: Bool = false) async throws {
        report(DeploymentEvent(.starting, text: "Starting the pipeline"))
        let digest = try plan.digest()
        var pod = try await readyPod()
        var link = OrchestratorLink(connection, namespace: request.namespace, pod: pod.name)
        defer { link.close() }
        var sequence = OrchestratorSequence(operations: orchestrator.operationCount, isProcessNew: false)
        var status = try await self.status(link)
        var step = sequence.step(after: .beforehand, status)
        if !isAnew, pod.holds(digest) {
            if status.state == .running || status.state == .legacy {
                report(DeploymentEvent(.information, text: "the pipeline runs already"))
                return
            }
            // An earlier run of ours ended between the two calls.
            if status.state == .initialized { step = .run }
        }
        var isSecondStart = false
        while true {
            switch step {
            case .restartPod(let reason):
                report(DeploymentEvent(.information, node: orchestrator.name, text: "it is restarted: \(reason)"))
                link.close()
                pod = try await replacement(of: pod)
                link = OrchestratorLink(connection, namespace: request.namespace, pod: pod.name)
                sequence.isProcessNew = true
                status = try await self.status(link)
                step = sequence.step(after: .beforehand, status)
            case .initialize: step = sequence.step(after: .initialized, try await initialize(link))
            case .confirm:
                status = try await self.status(link)
                step = sequence.step(after: .confirmed, status)
            case .run:
                await note(digest, on: pod)
                status = try await explaining(link) { () async throws(OrchestratorError) in try await link.client.run()
                }
                step = sequence.step(after: .started, status)
            case .done:
                guard let node = await observe(link), !isSecondStart else { return }
                // Rules for its Service may reach the machines later than its pod is ready; the thread is dead for good.
                isSecondStart = true
                step = .restartPod(reason: "the node \(node) could not be reached at the start")
            case .fail(let reason, let remedy):
                throw TargetError(.failed, what: "The pipeline does not start", why: reason, remedy: remedy)
            }
        }
    }

    // MARK: Calls

    private func status(_ link: OrchestratorLink) async throws -> OrchestratorStatus {
        try await explaining(link) { () async throws(OrchestratorError) in try await link.client.status() }
    }

    private func initialize(_ link: OrchestratorLink) async throws -> OrchestratorStatus {
        let files = plan.nodes.compactMap(\.proto).map { ($0.name, $0.text) }
        let dockerInfo = DockerInfo.document(for: plan, nodeServicePort: ContainerPort.api)
        return try await explaining(link) { () async throws(OrchestratorError) in
            try await link.client.initialize(
                blueprint: plan.blueprint ?? "",
                dockerInfo: dockerInfo.jsonText(),
                protoFiles: Dictionary(files, uniquingKeysWith: { first, _ in first })
            )
        }
    }

    /// The pipeline runs whether or not its events can be read. Returns a node that could not be reached, if any.
    private func observe(_ link: OrchestratorLink) async -> String? {
        report(DeploymentEvent(.nodeState, node: orchestrator.name, state: "running", text: "the pipeline runs"))
        let events = EventTally(report: report)
        do throws(OrchestratorError) {
            try await link.client.observe(for: Self.observation) { event in
                events.take(event)
                return true
            }
            events.finish()
            return events.unreached
        } catch {
            guard error.code != .cancelled else { return nil }
            report(DeploymentEvent(.warning, text: "the orchestrator's events cannot be read: \(error.message)"))
            return nil
        }
    }

    private func explaining<Value>(
        _ link: OrchestratorLink,
        _ work: () async throws(OrchestratorError) -> Value
    ) async throws -> Value {
        do throws(OrchestratorError) {
            return try await work()
        } catch {
            if error.code == .cancelled { throw CancellationError() }
            if let denial = link.denial { throw TargetError(denial) }
            throw TargetError(
                error.code == .unavailable || error.code == .timeout ? .unavailable : .failed,
                what: "The orchestrator's call \(error.call) failed",
                why: error.message.isEmpty ? error.meaning : "\(error.meaning): \(error.message)",
                remedy: error.remedy
            )
        }
    }
}

// MARK: Pods

extension OrchestratorRun {
    private func pods() async throws -> [Document] {
        let name = orchestrator.name
        return try await Creodias.explaining { () async throws(KubernetesError) in
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
        _ = try await Creodias.explaining { () async throws(KubernetesError) in
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
