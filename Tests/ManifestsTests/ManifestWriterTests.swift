import Documents
import Manifests
import Passes
import TestSupport
import Testing

@Suite("Manifests")
struct ManifestWriterTests {
    private static let style = ManifestStyle(serviceType: .nodePort, nodeServicePort: 8556)

    private static func writer() throws -> (ManifestWriter, SolutionPlan) {
        let plan = try PipelineFixture.pipeline([
            PipelineFixture.sharedFolder("/data/shared", to: ["Trainer 1"]),
            PipelineFixture.node("Trainer 1", operations: [PipelineFixture.mountVolume()]),
            PipelineFixture.node("plain1"),
        ]).planned()
        return (ManifestWriter(plan: plan, style: style), plan)
    }

    @Test("of a node's Service reach its gRPC port")
    func service() throws {
        let (writer, plan) = try Self.writer()
        #expect(
            writer.service(for: plan.nodes[1]).document.yamlText() == """
                ---
                apiVersion: v1
                kind: Service
                metadata:
                  name: plain1
                  labels:
                    app: plain1
                    app.kubernetes.io/managed-by: graphene-deployer
                    app.kubernetes.io/part-of: test-pipeline-7b7097
                    graphene-deployer/solution-id: "11111111-1111-4111-8111-111111111111"
                spec:
                  type: NodePort
                  selector:
                    app: plain1
                  ports:
                  - name: protobuf-api
                    protocol: TCP
                    port: 8556
                    targetPort: 8061

                """)
    }

    @Test("of a node with a shared folder mount it and say where")
    func deployment() throws {
        let (writer, plan) = try Self.writer()
        let name = plan.nodes[0].name
        #expect(
            writer.deployment(for: plan.nodes[0]).document.yamlText() == """
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: \(name)
                  labels:
                    app: \(name)
                    app.kubernetes.io/managed-by: graphene-deployer
                    app.kubernetes.io/part-of: test-pipeline-7b7097
                    graphene-deployer/solution-id: "11111111-1111-4111-8111-111111111111"
                  annotations:
                    graphene-deployer/original-name: "Trainer 1"
                spec:
                  replicas: 1
                  selector:
                    matchLabels:
                      app: \(name)
                  template:
                    metadata:
                      labels:
                        app: \(name)
                    spec:
                      imagePullSecrets:
                      - name: acumos-registry
                      securityContext:
                        fsGroup: 1000
                        fsGroupChangePolicy: OnRootMismatch
                      containers:
                      - name: \(name)
                        image: registry.example.org/models/model:1.0
                        ports:
                        - name: protobuf-api
                          protocol: TCP
                          containerPort: 8061
                        - name: webui
                          protocol: TCP
                          containerPort: 8062
                        env:
                        - name: SHARED_FOLDER_PATH
                          value: /data/shared
                        volumeMounts:
                        - name: data-shared
                          mountPath: /data/shared
                      volumes:
                      - name: data-shared
                        persistentVolumeClaim:
                          claimName: data-shared

                """)
    }

    @Test("of a claim follow the style")
    func claim() throws {
        var style = Self.style
        style.volume = .init(size: "5Gi", accessMode: "ReadWriteOnce", storageClass: "nfs")
        let (_, plan) = try Self.writer()
        let spec = ManifestWriter(plan: plan, style: style).claim(for: plan.sharedFolders[0]).document["spec"]
        #expect(
            spec == [
                "accessModes": ["ReadWriteOnce"], "resources": ["requests": ["storage": "5Gi"]],
                "storageClassName": "nfs",
            ])
    }

    @Test("of the orchestrator have no host path, no fixed node port and no shared folder")
    func orchestrator() throws {
        let (writer, plan) = try Self.writer()
        let orchestrator = try #require(plan.orchestrator)
        let service = writer.service(for: orchestrator).document
        #expect(service["spec"]?["ports"] == [["name": "mc-api", "protocol": "TCP", "port": 8061, "targetPort": 8061]])
        let pod = try #require(writer.deployment(for: orchestrator).document["spec"]?["template"]?["spec"])
        #expect(pod["volumes"] == [["name": "logs", "emptyDir": [:]]])
        #expect(pod["containers"]?.array?.first?["image"] == .string(PipelineFixture.orchestratorImage))
        #expect(!pod.jsonText().contains("SHARED_FOLDER_PATH"))
    }

    @Test("name the ports of the container contract in dockerinfo, the orchestrator last")
    func dockerInfo() throws {
        let (_, plan) = try Self.writer()
        let entries = try #require(DockerInfo.document(for: plan, nodeServicePort: 8556)["docker_info_list"]?.array)
        #expect(entries.map { $0["container_name"]?.string } == plan.nodes.map(\.name) + ["orchestrator"])
        #expect(entries.map { $0["ip_address"]?.string } == plan.nodes.map(\.name) + ["orchestrator"])
        #expect(entries.map { $0["port"]?.integer } == [8556, 8556, 8061])
    }

    @Test("carry several folders under names of their own, the first as SHARED_FOLDER_PATH")
    func severalFolders() throws {
        let plan = try PipelineFixture.pipeline([
            PipelineFixture.sharedFolder("/data/a", to: ["x"]), PipelineFixture.sharedFolder("/data/b", to: ["x"]),
            PipelineFixture.node("x", operations: [PipelineFixture.mountVolume()]),
        ]).planned()
        let pod = ManifestWriter(plan: plan, style: Self.style).deployment(for: plan.nodes[0]).document["spec"]?[
            "template"]?["spec"]
        let container = pod?["containers"]?.array?.first
        #expect(
            container?["env"] == [
                ["name": "SHARED_FOLDER_PATH", "value": "/data/a"],
                ["name": "SHARED_FOLDER_PATH_2", "value": "/data/b"],
            ])
        #expect(container?["volumeMounts"]?.array?.count == 2)
        #expect(pod?["volumes"]?.array?.map { $0["name"]?.string } == ["data-a", "data-b"])
    }

    @Test("never hold control characters that came from a name")
    func controlCharacters() throws {
        let plan = try PipelineFixture.pipeline([PipelineFixture.node("evil\u{1B}[31m\nname")]).planned()
        let metadata = ManifestWriter(plan: plan, style: Self.style).service(for: plan.nodes[0]).document["metadata"]
        #expect(metadata?["annotations"]?["graphene-deployer/original-name"] == "evil[31mname")
    }
}
