internal import Blueprints
internal import Documents
internal import Kubernetes
internal import Manifests
internal import Passes
internal import Secrets

/// The objects of a plan for a namespace. Pure.
struct SolutionObjects {
    let objects: [DesiredObject]
    let writer: ManifestWriter

    /// - Parameter exposed: names of nodes whose web page gets a Service of its own.
    init(
        plan: SolutionPlan,
        request: DeploymentRequest,
        storage: StorageChoice,
        usesPullSecret: Bool,
        exposed: Set<String>
    ) throws {
        var style = ManifestStyle(
            serviceType: plan.isSingleModel ? request.expose.serviceType : .clusterIP,
            nodeServicePort: ContainerPort.api,
            pullSecret: usesPullSecret ? RegistryLogin.secretName : nil,
            volume: .init(
                size: request.volumeSize,
                accessMode: storage.accessMode,
                storageClass: storage.storageClass
            )
        )
        style.namespace = request.namespace
        style.annotations = [
            .init(name: "graphene-deployer/revision-id", value: plan.reference.revisionID),
            .init(name: "graphene-deployer/plan-digest", value: try plan.digest()),
        ]
        style.probesInterface = true
        style.servesWebPort = true
        style.colocatesFolderConsumers = storage.isColocated
        style.nodeSettings = request.nodeSettings
        let writer = ManifestWriter(plan: plan, style: style)
        self.writer = writer

        var objects: [DesiredObject] = []
        if let login = request.registry {
            let metadata = writer.metadata(name: RegistryLogin.secretName)
            let document = login.document(metadata: metadata, withData: true)
            objects.append(
                DesiredObject(
                    .secret,
                    name: RegistryLogin.secretName,
                    document: document,
                    body: .secret(SecretBytes(document.json()))
                )
            )
        }
        objects += plan.sharedFolders.map { Self.object(.claim, writer.claim(for: $0)) }
        objects += plan.nodes.map { Self.object(.service, writer.service(for: $0)) }
        if !plan.isSingleModel, request.expose != .none {
            objects += plan.nodes.filter { exposed.contains($0.name) }.map {
                Self.object(.service, writer.webService(for: $0, type: request.expose.serviceType))
            }
        }
        objects += plan.nodes.map { Self.object(.deployment, writer.deployment(for: $0)) }
        if let orchestrator = plan.orchestrator {
            objects.append(Self.object(.service, writer.service(for: orchestrator)))
            objects.append(Self.object(.deployment, writer.deployment(for: orchestrator)))
        }
        self.objects = objects
    }

    private static func object(_ kind: ObjectKind, _ manifest: Manifest) -> DesiredObject {
        DesiredObject(kind, name: manifest.name, document: manifest.document)
    }
}
