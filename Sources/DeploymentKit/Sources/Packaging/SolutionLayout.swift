internal import Blueprints
internal import Documents
internal import Manifests
internal import Passes
internal import TargetContract

/// The files of a solution.zip, in the layout that the platform's kubernetes-client made popular: people's habits and
/// the playground rely on its names.
struct SolutionLayout {
    /// The port of a node's Service; the container listens on 8061.
    static let nodeServicePort = 8556

    private let plan: SolutionPlan
    private let writer: ManifestWriter

    init(plan: SolutionPlan, volume: ManifestStyle.Volume) {
        self.plan = plan
        let style = ManifestStyle(serviceType: .nodePort, nodeServicePort: Self.nodeServicePort, volume: volume)
        writer = ManifestWriter(plan: plan, style: style)
    }

    func files() -> [RenderedFile] {
        let deployments = plan.isSingleModel ? singleModelDeployments() : pipelineDeployments()
        return deployments + protoFiles() + descriptions() + [kustomization(of: deployments)] + bundle()
    }

    private func singleModelDeployments() -> [RenderedFile] {
        plan.nodes.flatMap { node in
            [
                yaml("deployments/deployment.yaml", writer.deployment(for: node)),
                yaml("deployments/service.yaml", writer.service(for: node)),
            ]
        }
    }

    private func pipelineDeployments() -> [RenderedFile] {
        var files = plan.nodes.flatMap { pair($0.name, writer.deployment(for: $0), writer.service(for: $0)) }
        if let orchestrator = plan.orchestrator {
            let deployment = writer.deployment(for: orchestrator)
            files += pair(orchestrator.name, deployment, writer.service(for: orchestrator))
        }
        for folder in plan.sharedFolders {
            let file = plan.sharedFolders.count == 1 ? "pvc.yaml" : "\(folder.claimName)_pvc.yaml"
            files.append(yaml("deployments/\(file)", writer.claim(for: folder)))
        }
        return files
    }

    private func pair(_ name: String, _ deployment: Manifest, _ service: Manifest) -> [RenderedFile] {
        [
            yaml("deployments/\(name)_deployment.yaml", deployment),
            yaml("deployments/\(name)_service.yaml", service),
        ]
    }

    private func protoFiles() -> [RenderedFile] {
        plan.nodes.compactMap { node in
            guard let proto = node.proto else { return nil }
            let name = plan.isSingleModel ? ProtoFileName.safe(proto.name, fallback: node.name) : proto.name
            return RenderedFile(path: "microservice/\(name)", text: proto.text)
        }
    }

    private func descriptions() -> [RenderedFile] {
        guard let blueprint = plan.blueprint else { return [RenderedFile(path: "modelname.txt", text: plan.name)] }
        let dockerInfo = DockerInfo.document(for: plan, nodeServicePort: Self.nodeServicePort)
        return [
            RenderedFile(path: "blueprint.json", text: blueprint),
            RenderedFile(path: "dockerinfo.json", bytes: dockerInfo.json()),
        ] + dataBrokerFiles()
    }

    /// The first CSV data broker's mapping has the file name people know; further ones carry their node's name.
    private func dataBrokerFiles() -> [RenderedFile] {
        let brokers = plan.nodes.filter { $0.dataBrokerMap != nil }
        return brokers.enumerated().compactMap { index, node in
            guard let map = node.dataBrokerMap, let tree = try? Document(json: map) else { return nil }
            let document: Document = [
                "data_broker_map": tree, "userName": .null, "password": .null, "host": .null, "port": .null,
                "protobufFile": node.protoURI.map(Document.string) ?? .null,
            ]
            let name = index == 0 ? "databroker.json" : "databroker-\(node.name).json"
            return RenderedFile(path: name, bytes: document.json())
        }
    }

    /// At the root: below deployments/ it would break `kubectl apply -f deployments/`.
    private func kustomization(of deployments: [RenderedFile]) -> RenderedFile {
        let document: Document = [
            "apiVersion": "kustomize.config.k8s.io/v1beta1",
            "kind": "Kustomization",
            "resources": .array(deployments.map(\.path).sorted().map(Document.string)),
        ]
        return RenderedFile(path: "kustomization.yaml", text: document.yamlText())
    }

    private func bundle() -> [RenderedFile] {
        StaticBundle.everywhere + (plan.isSingleModel ? [] : StaticBundle.pipelinesOnly)
    }

    private func yaml(_ path: String, _ manifest: Manifest) -> RenderedFile {
        RenderedFile(path: path, text: manifest.document.yamlText())
    }
}
