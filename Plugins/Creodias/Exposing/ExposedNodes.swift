internal import Documents
internal import Kubernetes
internal import Passes

/// The nodes whose web pages an earlier run has found, by what it left in the namespace. Pure.
enum ExposedNodes {
    /// - Parameters:
    ///   - live: what is in the namespace, whoever owns it.
    ///   - solution: the value of the solution's label.
    static func names(in live: [ObjectKind: [Document]], solution: String) -> Set<String> {
        let services = ours(live[.service], solution).filter { isWebService($0) || isMarked($0) }.compactMap(node)
        let ingresses = ours(live[.ingress], solution).flatMap { rules(of: $0).map(\.service) }
        return Set(services + ingresses)
    }

    /// The node that a Service leads to.
    static func node(of service: Document) -> String? { service["spec"]?["selector"]?["app"]?.string }

    /// Whether a Service is there for a web page alone.
    static func isWebService(_ service: Document) -> Bool {
        let ports = service["spec"]?["ports"]?.array ?? []
        return ports.count == 1 && ports[0]["port"]?.integer == ContainerPort.web
    }

    /// Whether a Service is that of a single model whose web page has answered.
    static func isMarked(_ service: Document) -> Bool {
        service["metadata"]?["annotations"]?[SolutionObjects.webPageAnnotation] != nil
    }

    /// The paths of an Ingress, each with its host and the Service behind it, which is called like the node.
    static func rules(of ingress: Document) -> [(host: String?, path: String, service: String)] {
        (ingress["spec"]?["rules"]?.array ?? []).flatMap { rule in
            (rule["http"]?["paths"]?.array ?? []).compactMap { path in
                guard let service = path["backend"]?["service"]?["name"]?.string else { return nil }
                return (host: rule["host"]?.string, path: path["path"]?.string ?? "/", service: service)
            }
        }
    }

    private static func ours(_ objects: [Document]?, _ solution: String) -> [Document] {
        (objects ?? []).filter { Ownership(of: $0, solution: solution) == .ours }
    }
}
