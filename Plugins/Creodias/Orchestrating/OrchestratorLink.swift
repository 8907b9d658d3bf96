internal import Kubernetes
internal import Orchestration
internal import Synchronization
internal import Transport

/// The way to the orchestrator: through the API server, a port-forward for each call.
final class OrchestratorLink: Sendable {
    private let connection: ClusterConnection
    private let namespace: String
    private let pod: String
    /// The forward of the present call, kept open by being kept.
    private let forward = Mutex<PortForward?>(nil)
    private let http = HTTPClient()
    private let denied = Mutex<KubernetesError?>(nil)

    init(_ connection: ClusterConnection, namespace: String, pod: String) {
        self.connection = connection
        self.namespace = namespace
        self.pod = pod
    }

    var client: OrchestratorClient {
        OrchestratorClient(client: http) { [self] in try await connect() }
    }

    /// That the API server did not let this user forward a port, which is no trouble of the orchestrator.
    var denial: KubernetesError? { denied.withLock(\.self) }

    func close() {
        forward.withLock { forward in
            forward?.close()
            forward = nil
        }
        http.shutdown()
    }

    /// - Throws: `PortForwardError`, `CancellationError`.
    private func connect() async throws -> String {
        let opened: PortForward
        do throws(PortForwardError) {
            opened = try await connection.forward(namespace: namespace, pod: pod, port: 8061)
        } catch {
            if error.code == .cancelled, Task.isCancelled { throw CancellationError() }
            let codes: [Int: KubernetesError.Code] = [401: .unauthorized, 403: .forbidden]
            if let status = error.status, let code = codes[status] {
                let operation = "forward a port of pod \(pod)"
                let denial = KubernetesError(code, operation: operation, status: status, message: error.reason)
                denied.withLock { $0 = denial }
            }
            throw error
        }
        forward.withLock { forward in
            forward?.close()
            forward = opened
        }
        return opened.socketName
    }
}
