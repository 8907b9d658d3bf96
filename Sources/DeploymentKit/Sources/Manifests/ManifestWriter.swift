internal import Documents
public import Passes

/// Turns a plan into Kubernetes objects (`v1`, `apps/v1`), valid for every version that CREODIAS clusters have.
///
/// Nothing of the blueprint gets in unchecked: names are DNS-1035 labels, images and mount paths were validated by the
/// passes. There are no host paths, host networks, privileges or external addresses.
public struct ManifestWriter: Sendable {
    let plan: SolutionPlan
    let style: ManifestStyle
    let labels: ObjectLabels
    private let foldersByConsumer: [String: [PlannedFolder]]
    private let colocation: ColocationGroups

    /// Writes the objects of a plan in a style.
    public init(plan: SolutionPlan, style: ManifestStyle) {
        self.plan = plan
        self.style = style
        labels = ObjectLabels(plan: plan, style: style)
        foldersByConsumer = plan.sharedFolders.reduce(into: [:]) { table, folder in
            for consumer in folder.consumers { table[consumer, default: []].append(folder) }
        }
        colocation = ColocationGroups(style.colocatesFolderConsumers ? plan.sharedFolders : [])
    }

    /// The Service of a node.
    public func service(for node: PlannedNode) -> Manifest {
        let portName = node.dataBrokerMap == nil ? "protobuf-api" : "databroker-api"
        var ports = [port(portName, style.nodeServicePort, target: node.apiPort)]
        if style.webServiceType != nil { ports.append(port("webui", ContainerPort.web, target: node.webPort)) }
        let type = plan.isSingleModel ? style.webServiceType ?? style.serviceType : innerServiceType
        return service(name: node.name, original: node.originalName, type: type, app: node.name, ports: ports)
    }

    /// The Deployment of a node, with one container.
    public func deployment(for node: PlannedNode) -> Manifest {
        let settings = (style.nodeSettings[node.name] ?? NodeSettings()).filled(from: style.defaultNodeSettings)
        let folders = foldersByConsumer[node.name] ?? []
        var container = container(name: node.name, image: node.image, settings: settings)
        container["ports"] = [
            containerPort(node.dataBrokerMap == nil ? "protobuf-api" : "databroker-api", node.apiPort),
            containerPort("webui", node.webPort),
        ]
        configure(&container, settings: settings, variables: variables(for: folders), probePort: node.apiPort)
        var pod = podBasis
        if !folders.isEmpty {
            container["volumeMounts"] = .array(
                folders.map { ["name": .string($0.claimName), "mountPath": .string($0.path)] }
            )
            // Volumes belong to root; models often run as somebody else.
            pod["securityContext"] = ["fsGroup": 1000, "fsGroupChangePolicy": "OnRootMismatch"]
        }
        let group = colocation.label(of: node.name)
        pod["affinity"] = group.map(ColocationGroups.affinity)
        pod["containers"] = .array([.object(container)])
        if !folders.isEmpty { pod["volumes"] = .array(folders.map(volume)) }
        return deployment(name: node.name, original: node.originalName, pod: pod, group: group)
    }

    /// Reached inside the cluster only where web pages are exposed: the orchestrator asks nobody for a password.
    public func service(for orchestrator: PlannedOrchestrator) -> Manifest {
        let port = port("mc-api", ContainerPort.api, target: ContainerPort.api)
        let name = orchestrator.name
        return service(name: name, original: name, type: innerServiceType, app: name, ports: [port])
    }

    /// The orchestrator writes its log to a folder that goes with the pod.
    public func deployment(for orchestrator: PlannedOrchestrator) -> Manifest {
        let settings = style.nodeSettings[orchestrator.name] ?? NodeSettings()
        var container = container(name: orchestrator.name, image: orchestrator.image, settings: settings)
        container["ports"] = [containerPort("mc-api", ContainerPort.api), containerPort("webui", ContainerPort.web)]
        configure(&container, settings: settings, variables: [], probePort: ContainerPort.api)
        container["volumeMounts"] = .array([["name": "logs", "mountPath": "/logs"]])
        var pod = podBasis
        pod["containers"] = .array([.object(container)])
        pod["restartPolicy"] = "Always"
        pod["volumes"] = .array([["name": "logs", "emptyDir": [:]]])
        return deployment(name: orchestrator.name, original: orchestrator.name, pod: pod, group: nil)
    }

    /// The PersistentVolumeClaim of a shared folder.
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

    /// The type of Services that only other pods call.
    private var innerServiceType: ManifestStyle.ServiceType {
        style.webServiceType == nil ? style.serviceType : .clusterIP
    }
}
