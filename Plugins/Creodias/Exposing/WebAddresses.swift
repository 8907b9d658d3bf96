internal import Documents
internal import Kubernetes
internal import Passes
internal import TargetContract

/// Where the web pages of a solution are reached: only addresses that can work from outside. Pure.
struct WebAddresses {
    /// One web page.
    struct Page: Equatable {
        let node: String
        /// Nil where no address would work from outside, or none is there yet.
        let url: String?
    }

    /// In the order of the nodes' names.
    let pages: [Page]

    /// - Parameters:
    ///   - live: Services and Ingresses of the namespace, whoever owns them.
    ///   - nodes: nil where the user may not read them.
    ///   - solution: the value of the solution's label.
    init(live: [ObjectKind: [Document]], nodes: NodeView?, solution: String) {
        var urls: [String: String] = [:]
        for service in live[.service] ?? []
        where ExposedNodes.isWebService(service) || ExposedNodes.isMarked(service) {
            guard let node = ExposedNodes.node(of: service), let host = Self.host(of: service, nodes) else { continue }
            urls[node] = Self.url(host.name, port: host.port(of: service, ContainerPort.web))
        }
        for ingress in live[.ingress] ?? [] {
            // Without an address nothing serves the Ingress.
            guard let address = Self.balancer(of: ingress) else { continue }
            for rule in ExposedNodes.rules(of: ingress) {
                urls[rule.service] = "http://\(Self.bracketed(rule.host ?? address))\(rule.path)"
            }
        }
        pages = ExposedNodes.names(in: live, solution: solution).sorted().map { Page(node: $0, url: urls[$0]) }
    }

    var links: [DeploymentOutcome.Link] {
        pages.compactMap { page in page.url.map { .init(title: "Web page of \(page.node)", url: $0) } }
    }

    /// `host:port` of a single model's gRPC server; nil where none would work from outside.
    static func interface(of service: Document, nodes: NodeView?) -> String? {
        host(of: service, nodes).flatMap { host in
            host.port(of: service, ContainerPort.api).map { "\(bracketed(host.name)):\($0)" }
        }
    }

    /// The line that makes a page reachable where it has no address.
    static func forwarding(_ node: String, in namespace: String, port: Int = ContainerPort.web) -> String {
        "kubectl port-forward --namespace \(namespace) service/\(node) \(port):\(port)"
    }

    /// An address that Services are reached under, and which of their ports count there.
    private struct Host {
        let name: String
        let isNode: Bool

        func port(of service: Document, _ number: Int) -> Int? {
            let port = service["spec"]?["ports"]?.array?.first { $0["port"]?.integer == number }
            return isNode ? port?["nodePort"]?.integer : port?["port"]?.integer
        }
    }

    private static func host(of service: Document, _ nodes: NodeView?) -> Host? {
        switch service["spec"]?["type"]?.string {
        case "NodePort": nodes?.externalAddresses.first.map { Host(name: $0, isNode: true) }
        case "LoadBalancer": balancer(of: service).map { Host(name: $0, isNode: false) }
        default: nil
        }
    }

    private static func balancer(of object: Document) -> String? {
        let ingress = object["status"]?["loadBalancer"]?["ingress"]?.array?.first
        return ingress?["hostname"]?.string ?? ingress?["ip"]?.string
    }

    private static func url(_ host: String, port: Int?) -> String? { port.map { "http://\(bracketed(host)):\($0)/" } }

    /// IPv6 addresses stand in brackets.
    private static func bracketed(_ host: String) -> String { host.contains(":") ? "[\(host)]" : host }
}
