internal import Documents
public import Passes
public import Secrets

/// Objects that only a live cluster gets.
extension ManifestWriter {
    /// The value of the label `graphene-deployer/solution-id` for a solution, by which its objects are found again.
    public static func solutionLabel(_ solutionID: String) -> String { ObjectLabels.labelValue(solutionID) }

    /// The namespace of the style; nil where it names none.
    public func namespaceObject() -> Manifest? {
        style.namespace.map { name in
            Manifest(
                apiVersion: "v1",
                kind: "Namespace",
                metadata: labels.namespaceMetadata(name: name),
                name: name,
                spec: nil
            )
        }
    }

    /// A second Service `<node>webui` with the node's web page on port 8062 and nothing else; nil where the style
    /// exposes no web pages.
    public func webService(for node: PlannedNode) -> Manifest? {
        guard let type = style.webServiceType else { return nil }
        // No node has such a name: the passes keep it free.
        let name = ObjectName.repairing(node.name + "webui", fallback: "webui")
        let port = port("webui", ContainerPort.web, target: node.webPort)
        return service(name: name, original: name, type: type, app: node.name, ports: [port])
    }

    /// One Ingress (`networking.k8s.io/v1`, Kubernetes 1.19 and later) for the web pages of nodes, with port 8062 of
    /// their Services behind it. Nil for no nodes.
    ///
    /// A single page is at `/` of the host. Several pages have a host each, `<node>.<host>`, since pages expect to be at
    /// the root; without a host they are at `/<node>`.
    /// - Parameters:
    ///   - ingressClass: nil for the cluster's default class.
    ///   - host: the host name of the rule; nil for any.
    public func ingress(for nodes: [PlannedNode], class ingressClass: String?, host: String?) -> Manifest? {
        guard !nodes.isEmpty else { return nil }
        let rules: [Document]
        if nodes.count == 1 {
            rules = [rule(host: host, [path("/", to: nodes[0])])]
        } else if let host {
            rules = nodes.map { rule(host: "\($0.name).\(host)", [path("/", to: $0)]) }
        } else {
            rules = [rule(host: nil, nodes.map { path("/\($0.name)", to: $0) })]
        }
        var spec: DocumentObject = [:]
        spec["ingressClassName"] = ingressClass.map(Document.string)
        spec["rules"] = .array(rules)
        let name = ObjectName.repairing("\(labels.partOf)-web", fallback: "web")
        return Manifest(
            apiVersion: "networking.k8s.io/v1",
            kind: "Ingress",
            metadata: labels.metadata(name: name, original: name),
            name: name,
            spec: .object(spec)
        )
    }

    private func rule(host: String?, _ paths: [Document]) -> Document {
        var rule: DocumentObject = [:]
        rule["host"] = host.map(Document.string)
        rule["http"] = ["paths": .array(paths)]
        return .object(rule)
    }

    private func path(_ path: String, to node: PlannedNode) -> Document {
        [
            "path": .string(path), "pathType": "Prefix",
            "backend": ["service": ["name": .string(node.name), "port": ["number": number(ContainerPort.web)]]],
        ]
    }

    /// The pull Secret of the style (`kubernetes.io/dockerconfigjson`) as JSON; nil where the style names none.
    /// - Parameters:
    ///   - registry: the host of the registry as image names have it, with its port if it has one.
    ///   - user: without a colon, where the registry's sign-in would cut it.
    public func pullSecretObject(registry: String, user: String, password: SecretBytes) -> SecretBytes? {
        guard let name = style.pullSecret else { return nil }
        let metadata = labels.metadata(name: name, original: name).json()
        // Images of the Docker Hub are looked up under this name, whatever they call it.
        let isHub = ["docker.io", "index.docker.io", "registry-1.docker.io"].contains(registry)
        let registry = Document.string(isHub ? "https://index.docker.io/v1/" : registry).json()
        let login = SecretText.base64(SecretText.joined([SecretBytes(user + ":"), password]))
        let config = SecretText.joined([
            SecretBytes(Array(#"{"auths":{"#.utf8) + registry + Array(#":{"auth":""#.utf8)), login,
            SecretBytes(#""}}}"#),
        ])
        let head = Array(#"{"apiVersion":"v1","kind":"Secret","metadata":"#.utf8) + metadata
        return SecretText.joined([
            SecretBytes(head),
            SecretBytes(#","type":"kubernetes.io/dockerconfigjson","data":{".dockerconfigjson":""#),
            SecretText.base64(config), SecretBytes(#""}}"#),
        ])
    }
}
