internal import Documents
public import Passes

/// Turns a plan into Kubernetes objects (`v1`, `apps/v1`), valid for every version that CREODIAS clusters have.
///
/// Nothing of the blueprint gets in unchecked: names are DNS-1035 labels, images and mount paths were validated by the
/// passes. There are no host paths, host networks, privileges or external addresses.
public struct ManifestWriter: Sendable {
    private let plan: SolutionPlan
    private let style: ManifestStyle
    private let labels: ObjectLabels
    private let foldersByConsumer: [String: [PlannedFolder]]

    public init(plan: SolutionPlan, style: ManifestStyle) {
        self.plan = plan
        self.style = style
        labels = ObjectLabels(plan: plan)
        foldersByConsumer = plan.sharedFolders.reduce(into: [:]) { table, folder in
            for consumer in folder.consumers { table[consumer, default: []].append(folder) }
        }
    }

    public func service(for node: PlannedNode) -> Manifest {
        let portName = node.dataBrokerMap == nil ? "protobuf-api" : "databroker-api"
        let port = port(portName, style.nodeServicePort, target: node.apiPort)
        return service(name: node.name, original: node.originalName, ports: [port])
    }

    public func deployment(for node: PlannedNode) -> Manifest {
        let folders = foldersByConsumer[node.name] ?? []
        var container: DocumentObject = [
            "name": .string(node.name),
            "image": .string(node.image),
            "ports": .array([
                containerPort(node.dataBrokerMap == nil ? "protobuf-api" : "databroker-api", node.apiPort),
                containerPort("webui", node.webPort),
            ]),
        ]
        var pod: DocumentObject = ["imagePullSecrets": .array([["name": .string(style.pullSecret)]])]
        if !folders.isEmpty {
            container["env"] = .array(environment(for: folders))
            container["volumeMounts"] = .array(
                folders.map { ["name": .string($0.claimName), "mountPath": .string($0.path)] }
            )
            // Volumes belong to root; models often run as somebody else.
            pod["securityContext"] = ["fsGroup": 1000, "fsGroupChangePolicy": "OnRootMismatch"]
        }
        pod["containers"] = .array([.object(container)])
        if !folders.isEmpty { pod["volumes"] = .array(folders.map(volume)) }
        return deployment(name: node.name, original: node.originalName, pod: pod)
    }

    public func service(for orchestrator: PlannedOrchestrator) -> Manifest {
        let port = port("mc-api", ContainerPort.api, target: ContainerPort.api)
        return service(name: orchestrator.name, original: orchestrator.name, ports: [port])
    }

    /// The orchestrator writes its log to a folder that goes with the pod.
    public func deployment(for orchestrator: PlannedOrchestrator) -> Manifest {
        let container: Document = [
            "name": .string(orchestrator.name),
            "image": .string(orchestrator.image),
            "ports": .array([containerPort("mc-api", ContainerPort.api), containerPort("webui", ContainerPort.web)]),
            "volumeMounts": .array([["name": "logs", "mountPath": "/logs"]]),
        ]
        let pod: DocumentObject = [
            "imagePullSecrets": .array([["name": .string(style.pullSecret)]]),
            "containers": .array([container]),
            "restartPolicy": "Always",
            "volumes": .array([["name": "logs", "emptyDir": [:]]]),
        ]
        return deployment(name: orchestrator.name, original: orchestrator.name, pod: pod)
    }

    public func claim(for folder: PlannedFolder) -> Manifest {
        var spec: DocumentObject = [
            "accessModes": .array([.string(style.volume.accessMode)]),
            "resources": ["requests": ["storage": .string(style.volume.size)]],
        ]
        if let storageClass = style.volume.storageClass { spec["storageClassName"] = .string(storageClass) }
        return Manifest(
            apiVersion: "v1",
            kind: "PersistentVolumeClaim",
            metadata: labels.metadata(name: folder.claimName, original: folder.originalName),
            name: folder.claimName,
            spec: .object(spec)
        )
    }
}

extension ManifestWriter {
    private func service(name: String, original: String, ports: [Document]) -> Manifest {
        Manifest(
            apiVersion: "v1",
            kind: "Service",
            metadata: labels.metadata(name: name, original: original),
            name: name,
            spec: [
                "type": .string(style.serviceType.rawValue),
                "selector": ["app": .string(name)],
                "ports": .array(ports),
            ]
        )
    }

    private func deployment(name: String, original: String, pod: DocumentObject) -> Manifest {
        Manifest(
            apiVersion: "apps/v1",
            kind: "Deployment",
            metadata: labels.metadata(name: name, original: original),
            name: name,
            spec: [
                "replicas": 1,
                "selector": ["matchLabels": ["app": .string(name)]],
                "template": [
                    "metadata": ["labels": ["app": .string(name)]],
                    "spec": .object(pod),
                ],
            ]
        )
    }

    private func port(_ name: String, _ number: Int, target: Int) -> Document {
        [
            "name": .string(name), "protocol": "TCP", "port": .number(NumberLiteral(number)),
            "targetPort": self.number(target),
        ]
    }

    private func containerPort(_ name: String, _ port: Int) -> Document {
        ["name": .string(name), "protocol": "TCP", "containerPort": number(port)]
    }

    private func number(_ value: Int) -> Document { .number(NumberLiteral(value)) }

    private func environment(for folders: [PlannedFolder]) -> [Document] {
        folders.enumerated().map { index, folder in
            let name = index == 0 ? "SHARED_FOLDER_PATH" : "SHARED_FOLDER_PATH_\(index + 1)"
            return ["name": .string(name), "value": .string(folder.path)]
        }
    }

    private func volume(_ folder: PlannedFolder) -> Document {
        ["name": .string(folder.claimName), "persistentVolumeClaim": ["claimName": .string(folder.claimName)]]
    }
}
