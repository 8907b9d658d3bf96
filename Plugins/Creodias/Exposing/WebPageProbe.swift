internal import Documents
internal import Kubernetes
internal import Passes
internal import Transport

/// Finds out which nodes have a web page: an HTTP server that answers at port 8062, asked through the API server.
struct WebPageProbe: Sendable {
    let connection: ClusterConnection
    let namespace: String
    /// How long a page may take to come up after its pod is ready.
    let patience: Duration
    private static let pause: Duration = .milliseconds(700)

    /// What was found out.
    struct Finding: Sendable {
        var answering: Set<String> = []
        /// Why pages cannot be tried at all; nil if they can.
        var obstacle: String?
    }

    /// Tries all nodes side by side.
    /// - Parameter pods: the pods of the namespace.
    func find(among nodes: [PlannedNode], pods: [Document]) async -> Finding {
        let http = HTTPClient()
        defer { http.shutdown() }
        return await withTaskGroup(of: (String, Result<Bool, PortForwardError>).self) { group in
            for node in nodes {
                guard let pod = ReadyPod.name(among: pods, app: node.name) else { continue }
                group.addTask { (node.name, await answers(pod, port: node.webPort, http)) }
            }
            var finding = Finding()
            for await (name, result) in group {
                switch result {
                case .success(true): finding.answering.insert(name)
                case .success(false): break
                case .failure(let error): finding.obstacle = "\(error)"
                }
            }
            return finding
        }
    }

    /// Tries until something answers or patience ends. Only a refusal by the API server is a failure.
    private func answers(_ pod: String, port: Int, _ http: HTTPClient) async -> Result<Bool, PortForwardError> {
        let deadline = ContinuousClock.now + patience
        while true {
            do throws(PortForwardError) {
                if try await answersOnce(pod, port: port, http) { return .success(true) }
            } catch {
                guard error.code != .refused, error.code != .subprotocol else { return .failure(error) }
            }
            guard !Task.isCancelled, ContinuousClock.now + Self.pause < deadline else { return .success(false) }
            do { try await Task.sleep(for: Self.pause) } catch { return .success(false) }
        }
    }

    private func answersOnce(_ pod: String, port: Int, _ http: HTTPClient) async throws(PortForwardError) -> Bool {
        let forward = try await connection.forward(namespace: namespace, pod: pod, port: port)
        defer { forward.close() }
        var request = HTTPRequest(url: "http://localhost/", responseLimit: 1 << 20)
        request.abstractSocket = forward.socketName
        request.usesOwnConnection = true
        request.version = .http1
        request.deadlines = HTTPDeadlines(connect: .seconds(5), total: .seconds(5))
        do throws(TransportError) {
            _ = try await http.send(request)
            return true
        } catch {
            // A page that is larger than the limit is one.
            return error.code == .tooLarge
        }
    }
}
