import Blueprints
import Documents
import Packaging
import Passes
import TargetContract
import TestSupport
import Testing

@Suite("solution.zip")
struct SolutionPackageTests {
    private static func package(_ plan: SolutionPlan, options: [String: String] = [:]) throws -> SolutionPackage {
        try SolutionPackage(plan, options: OptionValues(options, for: SolutionPackage.options))
    }

    private static func files(_ source: SolutionSource, options: [String: String] = [:]) throws -> [String: String] {
        let files = try package(source.planned(), options: options).files
        return Dictionary(uniqueKeysWithValues: files.map { ($0.path, String(decoding: $0.bytes, as: UTF8.self)) })
    }

    @Test("lays out a pipeline as people know it")
    func pipelineLayout() throws {
        let files = try Self.files(
            PipelineFixture.pipeline([
                PipelineFixture.sharedFolder("/data/shared", to: ["trainer1"]),
                PipelineFixture.node(
                    "trainer1", operations: [PipelineFixture.mountVolume(), PipelineFixture.operation("run")]),
                PipelineFixture.node("sink1", operations: [PipelineFixture.operation("run")]),
            ]))
        #expect(
            files.keys.sorted() == [
                "blueprint.json", "deployment-readme.txt", "deployments/orchestrator_deployment.yaml",
                "deployments/orchestrator_service.yaml",
                "deployments/pvc.yaml", "deployments/sink1_deployment.yaml", "deployments/sink1_service.yaml",
                "deployments/trainer1_deployment.yaml",
                "deployments/trainer1_service.yaml", "dockerinfo.json", "kubernetes-client-script.py",
                "kustomization.yaml", "microservice/sink1.proto",
                "microservice/trainer1.proto", "orchestrator_client/orchestrator_client.py",
                "orchestrator_client/orchestrator_pb2.py",
                "orchestrator_client/orchestrator_pb2_grpc.py", "orchestrator_client/status_client.py",
                "protobuf/orchestrator.proto", "requirements.txt",
            ])
        #expect(files["requirements.txt"] == "grpcio\ngrpcio-tools\npyyaml\n")
        #expect(files["microservice/sink1.proto"] == PipelineFixture.proto())
        let blueprint = try #require(files["blueprint.json"])
        #expect(!blueprint.contains("SharedFolder"))
        #expect(!blueprint.contains("mountVolume"))
        #expect(
            files["dockerinfo.json"] == """
                {"docker_info_list":[{"container_name":"trainer1","ip_address":"trainer1","port":8556},\
                {"container_name":"sink1","ip_address":"sink1","port":8556},\
                {"container_name":"orchestrator","ip_address":"orchestrator","port":8061}]}
                """)
    }

    @Test("lays out a single model with one Deployment and one Service")
    func singleModelLayout() throws {
        let files = try Self.files(
            PipelineFixture.model(proto: ProtoFile(name: "ner.proto", text: "syntax = \"proto3\";\n")))
        #expect(
            files.keys.sorted() == [
                "deployment-readme.txt", "deployments/deployment.yaml", "deployments/service.yaml",
                "kubernetes-client-script.py", "kustomization.yaml",
                "microservice/ner.proto", "modelname.txt",
            ])
        #expect(files["modelname.txt"] == "Bird Model")
    }

    @Test("lists every manifest in the kustomization at the root")
    func kustomization() throws {
        let files = try Self.files(PipelineFixture.chain(count: 3))
        let text = try #require(files["kustomization.yaml"])
        let resources = try YAMLText(yaml: text).value["resources"]?.array?.compactMap(\.string)
        #expect(resources == files.keys.filter { $0.hasPrefix("deployments/") }.sorted())
    }

    @Test("names claims by their folder where there are several")
    func severalClaims() throws {
        let files = try Self.files(
            PipelineFixture.pipeline([
                PipelineFixture.sharedFolder("/a", to: ["x"]), PipelineFixture.sharedFolder("/b", to: ["x"]),
                PipelineFixture.node("x", operations: [PipelineFixture.mountVolume()]),
            ]))
        #expect(files["deployments/a_pvc.yaml"] != nil)
        #expect(files["deployments/b_pvc.yaml"] != nil)
        #expect(files["deployments/pvc.yaml"] == nil)
    }

    @Test("puts the mapping of CSV data brokers into databroker.json")
    func dataBroker() throws {
        let map: Document = ["data_broker_type": "csv", "first_row": .null]
        let broker = { PipelineFixture.node($0, type: "DataBroker", extra: ["data_broker_map": map]) }
        let files = try Self.files(PipelineFixture.pipeline([broker("one"), broker("two")]))
        #expect(
            files["databroker.json"] == """
                {"data_broker_map":{"data_broker_type":"csv","first_row":null},"userName":null,"password":null,"host":null,"port":null,\
                "protobufFile":"protos/one.proto"}
                """)
        #expect(files["databroker-two.json"]?.contains("protos/two.proto") == true)
        #expect(files["deployments/one_service.yaml"]?.contains("targetPort: 8556") == true)
    }

    @Test(
        "makes a safe file name of the artifact's name",
        arguments: [
            ("ner.proto", "ner.proto"), ("../../etc/x.proto", "x.proto"), ("a b\\c.proto", "abc.proto"),
            (".proto", nil), ("", nil), ("model.txt", nil), ("...x.proto", "x.proto"),
        ] as [(String, String?)])
    func protoName(artifact: String, expected: String?) throws {
        let source = PipelineFixture.model(proto: ProtoFile(name: artifact, text: "x"))
        // Where nothing is left of the artifact's name, the file is called like the node.
        let node = try #require(source.planned().nodes.first).name
        let files = try Self.files(source)
        #expect(files.keys.filter { $0.hasPrefix("microservice/") } == ["microservice/\(expected ?? "\(node).proto")"])
    }

    @Test("keeps every entry below the folder, whatever nodes are called")
    func noEscape() throws {
        let names = ["../../x", "/etc/passwd", "a/b", "..", "c:\\x", "\u{0}", "webui", "kustomization"]
        let plan = try PipelineFixture.pipeline(names.map { PipelineFixture.node($0) }).planned()
        for file in try Self.package(plan).files {
            #expect(!file.path.hasPrefix("/") && !file.path.contains("..") && !file.path.contains("\\"))
        }
    }

    @Test("makes the same zip every time")
    func reproducible() throws {
        let plan = try PipelineFixture.chain(count: 4).planned()
        #expect(try Self.package(plan).zip() == Self.package(plan).zip())
    }

    @Test("makes claims as the options say and refuses an impossible class")
    func options() throws {
        let source = PipelineFixture.pipeline([
            PipelineFixture.sharedFolder("/data", to: ["x"]),
            PipelineFixture.node("x", operations: [PipelineFixture.mountVolume()]),
        ])
        let options = ["volume-size": "20Gi", "volume-access": "ReadWriteOnce", "storage-class": "fast.nfs"]
        let claim = try YAMLText(yaml: #require(Self.files(source, options: options)["deployments/pvc.yaml"])).value
        #expect(claim["spec"]?["resources"]?["requests"]?["storage"] == "20Gi")
        #expect(claim["spec"]?["accessModes"] == ["ReadWriteOnce"])
        #expect(claim["spec"]?["storageClassName"] == "fast.nfs")
        let error = try #require(throws: TargetError.self) {
            try Self.files(source, options: ["storage-class": "No Such"])
        }
        #expect(error.code == .invalidOption)
    }
}
