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
            serviceType: .clusterIP,
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
        style.readinessProbe = ManifestStyle.ReadinessProbe()
        style.webServiceType = request.expose.serviceType
        style.colocatesFolderConsumers = storage.isColocated
        style.nodeSettings = request.nodeSettings
        style.defaultNodeSettings = request.nodeSettings["*"] ?? NodeSettings()
        let writer = ManifestWriter(plan: plan, style: style)
        self.writer = writer

        var objects: [DesiredObject] = []
        if let login = request.registry,
            let secret = writer.pullSecretObject(registry: login.host, user: login.user, password: login.password)
        {
            let document = try Document(json: secret.withBytes { Array($0) }, limits: .request)
            objects.append(
                DesiredObject(.secret, name: RegistryLogin.secretName, document: document, body: .secret(secret))
            )
        }
        objects += plan.sharedFolders.map { Self.object(.claim, writer.claim(for: $0)) }
        objects += plan.nodes.map { Self.object(.service, writer.service(for: $0)) }
        if !plan.isSingleModel, request.expose != .none {
            objects += plan.nodes.filter { exposed.contains($0.name) }.compactMap(writer.webService).map {
                Self.object(.service, $0)
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
