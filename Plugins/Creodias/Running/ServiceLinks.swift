internal import Documents
internal import Kubernetes
internal import Passes
internal import TargetContract

/// Addresses that can work, for what is exposed; for the rest the line that makes it reachable.
struct ServiceLinks {
    let plan: SolutionPlan
    let request: DeploymentRequest
    let nodes: NodeView?

    func find(_ cluster: KubernetesClient, _ report: EventReporter) async throws -> [DeploymentOutcome.Link] {
        let namespace = request.namespace
        let services = try await explaining { () async throws(KubernetesError) in
            try await cluster.list(.service, namespace: namespace).items
        }
        let names = plan.isSingleModel ? plan.nodes.map(\.name) : plan.nodes.map { "\($0.name)webui" }
        var links: [DeploymentOutcome.Link] = []
        for service in services {
            guard let name = service["metadata"]?["name"]?.string, names.contains(name) else { continue }
            if let address = address(of: service) {
                let title = "Web page of \(name)"
                links.append(.init(title: title, url: address))
                report(DeploymentEvent(.link, text: title, url: address))
            } else {
                let line = "kubectl port-forward --namespace \(namespace) service/\(name) 8062:8062"
                report(DeploymentEvent(.information, text: "\(name) has no public address; reach it with: \(line)"))
            }
        }
        return links
    }

    /// Nil where no address would work from outside.
    private func address(of service: Document) -> String? {
        let web = service["spec"]?["ports"]?.array?.first { $0["port"]?.integer == ContainerPort.web }
        switch service["spec"]?["type"]?.string {
        case "NodePort":
            guard let port = web?["nodePort"]?.integer, let host = nodes?.externalAddresses.first else { return nil }
            return "http://\(host.contains(":") ? "[\(host)]" : host):\(port)/"
        case "LoadBalancer":
            let ingress = service["status"]?["loadBalancer"]?["ingress"]?.array?.first
            guard let host = ingress?["hostname"]?.string ?? ingress?["ip"]?.string else { return nil }
            return "http://\(host.contains(":") ? "[\(host)]" : host):\(ContainerPort.web)/"
        default: return nil
        }
    }
}
