internal import Documents
internal import Passes

extension ManifestWriter {
    func service(
        name: String,
        original: String,
        type: ManifestStyle.ServiceType,
        app: String,
        ports: [Document]
    ) -> Manifest {
        Manifest(
            apiVersion: "v1",
            kind: "Service",
            metadata: labels.metadata(name: name, original: original),
            name: name,
            spec: ["type": .string(type.rawValue), "selector": ["app": .string(app)], "ports": .array(ports)]
        )
    }

    /// - Parameter group: the label of pods that must run on one machine; nil for none.
    func deployment(name: String, original: String, pod: DocumentObject, group: String?) -> Manifest {
        var podLabels: DocumentObject = ["app": .string(name)]
        if let group { podLabels[group] = .string(ColocationGroups.labelValue) }
        return Manifest(
            apiVersion: "apps/v1",
            kind: "Deployment",
            metadata: labels.metadata(name: name, original: original),
            name: name,
            spec: [
                "replicas": 1,
                "selector": ["matchLabels": ["app": .string(name)]],
                "template": ["metadata": ["labels": .object(podLabels)], "spec": .object(pod)],
            ]
        )
    }

    /// What all pods begin with.
    var podBasis: DocumentObject {
        guard let secret = style.pullSecret else { return [:] }
        return ["imagePullSecrets": .array([["name": .string(secret)]])]
    }

    func container(name: String, image: String, settings: NodeSettings) -> DocumentObject {
        var container: DocumentObject = ["name": .string(name), "image": .string(image)]
        container["imagePullPolicy"] = settings.pullPolicy.map(Document.string)
        return container
    }

    /// Adds environment, resources and probe.
    func configure(
        _ container: inout DocumentObject,
        settings: NodeSettings,
        variables: [NodeSettings.Variable],
        probePort: Int
    ) {
        let variables = variables.replacing(with: [NodeSettings.Variable]().replacing(with: settings.environment))
        if !variables.isEmpty {
            container["env"] = .array(variables.map { ["name": .string($0.name), "value": .string($0.value)] })
        }
        container["resources"] = resources(settings)
        container["readinessProbe"] = style.readinessProbe.map { probe in
            [
                "tcpSocket": ["port": number(probePort)], "periodSeconds": number(probe.period),
                "failureThreshold": number(probe.failureThreshold),
            ]
        }
    }

    /// Requests equal limits; GPUs are limits only. Nil where nothing is set.
    private func resources(_ settings: NodeSettings) -> Document? {
        var amounts: DocumentObject = [:]
        amounts["cpu"] = settings.cpu.map(Document.string)
        amounts["memory"] = settings.memory.map(Document.string)
        var limits = amounts
        limits["nvidia.com/gpu"] = settings.gpu.map(number)
        var resources: DocumentObject = [:]
        if !amounts.isEmpty { resources["requests"] = .object(amounts) }
        if !limits.isEmpty { resources["limits"] = .object(limits) }
        return resources.isEmpty ? nil : .object(resources)
    }

    func port(_ name: String, _ number: Int, target: Int) -> Document {
        [
            "name": .string(name), "protocol": "TCP", "port": self.number(number), "targetPort": self.number(target),
        ]
    }

    func containerPort(_ name: String, _ port: Int) -> Document {
        ["name": .string(name), "protocol": "TCP", "containerPort": number(port)]
    }

    func number(_ value: Int) -> Document { .number(NumberLiteral(value)) }

    func variables(for folders: [PlannedFolder]) -> [NodeSettings.Variable] {
        folders.enumerated().map { index, folder in
            let name = index == 0 ? "SHARED_FOLDER_PATH" : "SHARED_FOLDER_PATH_\(index + 1)"
            return NodeSettings.Variable(name: name, value: folder.path)
        }
    }

    func volume(_ folder: PlannedFolder) -> Document {
        ["name": .string(folder.claimName), "persistentVolumeClaim": ["claimName": .string(folder.claimName)]]
    }
}
