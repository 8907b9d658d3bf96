import Documents
import Manifests
import Passes
import TestSupport
import Testing

struct ExposureTests {
    private static let api: Document = ["name": "protobuf-api", "protocol": "TCP", "port": 8061, "targetPort": 8061]
    private static let web: Document = ["name": "webui", "protocol": "TCP", "port": 8062, "targetPort": 8062]

    private func writer(_ plan: SolutionPlan, _ type: ManifestStyle.ServiceType) -> ManifestWriter {
        var style = ManifestStyle(serviceType: .nodePort, nodeServicePort: 8061)
        style.webServiceType = type
        return ManifestWriter(plan: plan, style: style)
    }

    @Test(arguments: [ManifestStyle.ServiceType.clusterIP, .nodePort, .loadBalancer])
    func `Only the web pages of a pipeline are exposed`(type: ManifestStyle.ServiceType) throws {
        let plan = try ClusterStyle.plan(folders: [])
        let writer = writer(plan, type)
        let inner = writer.service(for: plan.nodes[0]).document["spec"]
        #expect(inner?["type"] == "ClusterIP")
        #expect(inner?["ports"] == .array([Self.api, Self.web]))
        let orchestrator = writer.service(for: try #require(plan.orchestrator)).document["spec"]
        #expect(orchestrator?["type"] == "ClusterIP")
        let web = try #require(writer.webService(for: plan.nodes[0]))
        #expect(web.name == "awebui" && web.document["metadata"]?["name"] == "awebui")
        #expect(web.document["spec"]?["type"] == .string(type.rawValue))
        #expect(web.document["spec"]?["selector"] == ["app": "a"])
        #expect(web.document["spec"]?["ports"] == .array([Self.web]))
    }

    @Test func `The one Service of a single model has both ports and is exposed`() throws {
        let plan = try PipelineFixture.model().planned()
        let spec = writer(plan, .loadBalancer).service(for: plan.nodes[0]).document["spec"]
        #expect(spec?["type"] == "LoadBalancer")
        #expect(spec?["ports"] == .array([Self.api, Self.web]))
    }

    @Test(arguments: [58, 59, 63])
    func `The name of a web Service is never too long`(length: Int) throws {
        let name = String(repeating: "n", count: length)
        let plan = try PipelineFixture.pipeline([PipelineFixture.node(name)]).planned()
        let web = try #require(writer(plan, .nodePort).webService(for: plan.nodes[0]))
        #expect(ObjectName.isValid(web.name) && web.name != plan.nodes[0].name)
    }

    @Test func `The name of a web Service is never that of a node`() throws {
        let plan = try PipelineFixture.pipeline([
            PipelineFixture.node("x"), PipelineFixture.node("xwebui"),
        ]).planned()
        let web = try #require(writer(plan, .nodePort).webService(for: plan.nodes[0]))
        #expect(!plan.nodes.map(\.name).contains(web.name) && ObjectName.isValid(web.name))
    }

    @Test func `A single web page is at the root of its Ingress`() throws {
        let plan = try ClusterStyle.plan(folders: [])
        let writer = writer(plan, .clusterIP)
        #expect(writer.ingress(for: [], class: nil, host: nil) == nil)
        let anywhere = try #require(writer.ingress(for: [plan.nodes[0]], class: nil, host: nil)).document
        #expect(anywhere["apiVersion"] == "networking.k8s.io/v1" && anywhere["spec"]?["ingressClassName"] == nil)
        #expect(anywhere["spec"]?["rules"] == [["http": ["paths": [path("/", to: "a")]]]])
        let hosted = try #require(writer.ingress(for: [plan.nodes[0]], class: "nginx", host: "x.example.org")).document
        #expect(hosted["spec"]?["ingressClassName"] == "nginx")
        #expect(hosted["spec"]?["rules"] == [["host": "x.example.org", "http": ["paths": [path("/", to: "a")]]]])
    }

    @Test func `Several web pages have a host each, or a path each where there is no host`() throws {
        let plan = try ClusterStyle.plan(folders: [])
        let nodes = Array(plan.nodes.prefix(2))
        let writer = writer(plan, .clusterIP)
        let hosted = try #require(writer.ingress(for: nodes, class: nil, host: "x.example.org"))
        #expect(
            hosted.document["spec"]?["rules"] == [
                ["host": "a.x.example.org", "http": ["paths": [path("/", to: "a")]]],
                ["host": "b.x.example.org", "http": ["paths": [path("/", to: "b")]]],
            ])
        let anywhere = try #require(writer.ingress(for: nodes, class: nil, host: nil))
        #expect(
            anywhere.document["spec"]?["rules"] == [
                ["http": ["paths": [path("/a", to: "a"), path("/b", to: "b")]]]
            ])
    }

    @Test func `The labels of an Ingress are valid however long the solution's name is`() throws {
        let name = String(repeating: "n", count: 100)
        let plan = try PipelineFixture.pipeline([PipelineFixture.node("a")], name: name).planned()
        let ingress = try #require(writer(plan, .clusterIP).ingress(for: plan.nodes, class: nil, host: nil))
        #expect(ObjectName.isValid(ingress.name))
        #expect(ingress.document["metadata"]?["labels"]?["app"] == .string(ingress.name))
    }

    private func path(_ path: String, to node: String) -> Document {
        [
            "path": .string(path), "pathType": "Prefix",
            "backend": ["service": ["name": .string(node), "port": ["number": 8062]]],
        ]
    }
}
