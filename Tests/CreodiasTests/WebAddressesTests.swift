import Documents
import Kubernetes
import Testing

@testable import Creodias

struct WebAddressesTests {
    private static let mark: Document = [.init(stringLiteral: SolutionObjects.webPageAnnotation): "answers"]
    private static let nodes = NodeView(nodes: [
        Cluster.node("n", addresses: [("InternalIP", "10.0.0.4"), ("ExternalIP", "203.0.113.9")])
    ])

    private func pages(
        _ services: [Document],
        ingresses: [Document] = [],
        nodes: NodeView? = WebAddressesTests.nodes
    ) -> [WebAddresses.Page] {
        let live: [ObjectKind: [Document]] = [.service: services, .ingress: ingresses]
        return WebAddresses(live: live, nodes: nodes, solution: Cluster.solution).pages
    }

    @Test func `A NodePort is reached under an external address of a node`() {
        let service = Cluster.service("awebui", app: "a", type: "NodePort", ports: [(8062, 31_000)])
        #expect(pages([service]) == [.init(node: "a", url: "http://203.0.113.9:31000/")])
    }

    @Test func `An internal address is never presented`() {
        let service = Cluster.service("awebui", app: "a", type: "NodePort", ports: [(8062, 31_000)])
        let inside = NodeView(nodes: [Cluster.node("n", addresses: [("InternalIP", "10.0.0.4")])])
        #expect(pages([service], nodes: inside) == [.init(node: "a", url: nil)])
        #expect(pages([service], nodes: nil) == [.init(node: "a", url: nil)])
    }

    @Test func `A load balancer is reached once it has an address`() {
        let pending = Cluster.service("awebui", app: "a", type: "LoadBalancer")
        #expect(pages([pending]) == [.init(node: "a", url: nil)])
        let ready = Cluster.service("awebui", app: "a", type: "LoadBalancer", address: "2001:db8::7")
        #expect(pages([ready]) == [.init(node: "a", url: "http://[2001:db8::7]:8062/")])
    }

    @Test func `The Service of a single model counts once its page has answered`() {
        let ports: [(Int, Int?)] = [(8061, 31_001), (8062, 31_002)]
        let silent = Cluster.service("a", app: "a", type: "NodePort", ports: ports)
        #expect(pages([silent]).isEmpty)
        #expect(WebAddresses.interface(of: silent, nodes: Self.nodes) == "203.0.113.9:31001")
        let marked = Cluster.service("a", app: "a", type: "NodePort", ports: ports, annotations: Self.mark)
        #expect(pages([marked]) == [.init(node: "a", url: "http://203.0.113.9:31002/")])
    }

    @Test func `Inner Services of a pipeline and those of others are no pages`() {
        let inner = Cluster.service("a", app: "a", type: "ClusterIP", ports: [(8061, nil), (8062, nil)])
        let foreign: Document = [
            "metadata": ["name": "other"],
            "spec": ["type": "NodePort", "selector": ["app": "x"], "ports": [["port": 8062, "nodePort": 31_000]]],
        ]
        #expect(pages([inner, foreign]).isEmpty)
    }

    @Test func `An Ingress is reached under its hosts once something serves it`() {
        func ingress(_ status: Document?) -> Document {
            let rules = ["a", "b"].map { name -> Document in
                [
                    "host": .string("\(name).apps.example.org"),
                    "http": ["paths": [["path": "/", "backend": ["service": ["name": .string(name)]]]]],
                ]
            }
            return Cluster.object(.ingress, "web", spec: ["rules": .array(rules)], status: status)
        }
        #expect(pages([], ingresses: [ingress(nil)]).map(\.url) == [nil, nil])
        let served = ingress(["loadBalancer": ["ingress": [["ip": "203.0.113.5"]]]])
        #expect(
            pages([], ingresses: [served]) == [
                .init(node: "a", url: "http://a.apps.example.org/"),
                .init(node: "b", url: "http://b.apps.example.org/"),
            ])
    }
}

struct NodeViewTests {
    @Test func `Nodes that take no pods and those of the control plane give no addresses`() {
        let external = [(type: "ExternalIP", address: "203.0.113.1")]
        let view = NodeView(nodes: [
            Cluster.node("lost", addresses: external, isReady: false),
            Cluster.node("cordoned", addresses: external, isCordoned: true),
            Cluster.node("master", addresses: external, labels: ["node-role.kubernetes.io/master": ""]),
            Cluster.node("control", addresses: external, labels: ["node-role.kubernetes.io/control-plane": ""]),
            Cluster.node("worker", addresses: [("ExternalIP", "203.0.113.2")]),
        ])
        #expect(view.externalAddresses == ["203.0.113.2"])
        #expect(view.ready == ["master", "control", "worker"])
    }

    @Test func `A cluster of one machine is used as it is`() {
        let view = NodeView(nodes: [
            Cluster.node(
                "all",
                addresses: [("ExternalIP", "203.0.113.1")],
                labels: ["node-role.kubernetes.io/control-plane": ""]
            )
        ])
        #expect(view.externalAddresses == ["203.0.113.1"])
    }
}
