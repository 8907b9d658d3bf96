internal import Documents
internal import Passes

/// The parts of a pod that follow from settings, not from the plan.
enum PodParts {
    /// Adds what the settings ask for. Variables of the plan come first and are not replaced.
    static func apply(_ settings: NodeSettings, to container: inout DocumentObject) {
        let present = container["env"]?.array ?? []
        let names = Set(present.compactMap { $0["name"]?.string })
        let added = settings.environment.filter { !names.contains($0.name) }
        if !added.isEmpty {
            container["env"] = .array(
                present + added.map { ["name": .string($0.name), "value": .string($0.value)] }
            )
        }
        if let resources = resources(settings) { container["resources"] = resources }
        if let policy = settings.pullPolicy { container["imagePullPolicy"] = .string(policy) }
    }

    private static func resources(_ settings: NodeSettings) -> Document? {
        var amounts = DocumentObject()
        if let cpu = settings.cpu { amounts["cpu"] = .string(cpu) }
        if let memory = settings.memory { amounts["memory"] = .string(memory) }
        var limits = amounts
        // A GPU has no request of its own: the limit is it.
        if let gpu = settings.gpu { limits["nvidia.com/gpu"] = .string("\(gpu)") }
        guard !limits.isEmpty else { return nil }
        var resources: DocumentObject = ["limits": .object(limits)]
        if !amounts.isEmpty { resources["requests"] = .object(amounts) }
        return .object(resources)
    }

    /// Ready means that the orchestrator can call it. Models that load for minutes are probed patiently: an unready
    /// container is not restarted.
    static func readinessProbe(port: Int) -> Document {
        ["tcpSocket": ["port": .number(NumberLiteral(port))], "periodSeconds": 2]
    }

    /// The label by which consumers of a folder find each other.
    static func folderLabel(_ claimName: String) -> String { "graphene-deployer.folder/\(claimName)" }

    /// Binds a pod to the machine of those that share its folders. The first one finds nobody and goes anywhere: the
    /// scheduler lets a pod pass that its own term selects.
    static func affinity(to folders: [PlannedFolder]) -> Document {
        [
            "podAffinity": [
                "requiredDuringSchedulingIgnoredDuringExecution": .array(
                    folders.map { folder in
                        [
                            "labelSelector": ["matchLabels": .object([folderLabel(folder.claimName): "true"])],
                            "topologyKey": "kubernetes.io/hostname",
                        ]
                    }
                )
            ]
        ]
    }
}
