internal import Transport

extension KubernetesClient {
    /// Opens a connection to a port of a pod, as `PortForward.open` does; once more with fresh credentials where the
    /// cluster does not know the present ones any more.
    public func forward(namespace: String, pod: String, port: Int) async throws(PortForwardError) -> PortForward {
        var isSecond = false
        while true {
            let issue = await access.issue()
            do throws(PortForwardError) {
                let forward = try await PortForward.open(
                    client: issue.credentials.http,
                    server: server.text,
                    authorization: issue.credentials.authorization,
                    namespace: namespace,
                    pod: pod,
                    port: port
                )
                access.accept(issue)
                return forward
            } catch {
                guard error.status == 401, !isSecond else { throw error }
                switch await access.renewed(after: issue) {
                case .done: isSecond = true
                case .impossible: throw error
                case .cancelled: throw PortForwardError(.cancelled, reason: "cancelled")
                case .failed(let reason):
                    let reason = "the credentials are not known any more, and there are no fresh ones: \(reason)"
                    throw PortForwardError(.refused, status: 401, reason: reason)
                }
            }
        }
    }
}
