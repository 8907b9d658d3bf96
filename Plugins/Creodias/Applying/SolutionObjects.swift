internal import Blueprints
internal import Documents
internal import Kubernetes
internal import Manifests
internal import Passes
internal import Secrets

/// Makes the objects of a plan for a namespace. Pure.
struct SolutionObjects {
    let plan: SolutionPlan
    let request: DeploymentRequest
    let storage: StorageChoice
    /// Whether pods name the pull secret.
    let usesPullSecret: Bool

    /// Marks the one Service of a single model whose web page has answered.
    static let webPageAnnotation = "graphene-deployer/web-page"

    /// - Parameter exposed: names of nodes that have a web page.
    func make(exposed: Set<String>) throws -> [DesiredObject] {
        let writer = ManifestWriter(plan: plan, style: try style())
        var objects: [DesiredObject] = []
        if let secret = try pullSecret(writer) { objects.append(secret) }
        objects += plan.sharedFolders.map { Self.object(.claim, writer.claim(for: $0)) }
        objects += services(exposed, writer)
        objects += plan.nodes.map { Self.object(.deployment, writer.deployment(for: $0)) }
        if let orchestrator = plan.orchestrator {
            objects.append(Self.object(.service, writer.service(for: orchestrator)))
            objects.append(Self.object(.deployment, writer.deployment(for: orchestrator)))
        }
        return objects
    }

    private func style() throws -> ManifestStyle {
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
        style.webServiceType = request.exposure.serviceType
        style.colocatesFolderConsumers = storage.isColocated
        style.nodeSettings = request.nodeSettings
        style.defaultNodeSettings = request.nodeSettings["*"] ?? NodeSettings()
        return style
    }

    private func pullSecret(_ writer: ManifestWriter) throws -> DesiredObject? {
        guard let login = request.registry,
            let secret = writer.pullSecretObject(registry: login.host, user: login.user, password: login.password)
        else { return nil }
        let document = try Document(json: secret.withBytes { Array($0) }, limits: .request)
        return DesiredObject(
            .secret,
            name: RegistryLogin.secretName,
            document: Redaction.digested(document),
            body: .secret(secret)
        )
    }

    /// The Services of the nodes, and what exposes web pages beside them.
    private func services(_ exposed: Set<String>, _ writer: ManifestWriter) -> [DesiredObject] {
        let pages = plan.nodes.filter { exposed.contains($0.name) }
        let services = plan.nodes.map { node in
            let service = Self.object(.service, writer.service(for: node))
            return plan.isSingleModel && !pages.isEmpty ? service.annotated(Self.webPageAnnotation, "answers") : service
        }
        switch request.exposure.way {
        case .none: return services
        case .ingress:
            let (name, host) = (request.exposure.ingressClass, request.exposure.ingressHost)
            return services
                + [writer.ingress(for: pages, class: name, host: host)].compactMap(\.self).map {
                    Self.object(.ingress, $0)
                }
        case .nodePort, .loadBalancer:
            guard !plan.isSingleModel else { return services }
            return services + pages.compactMap(writer.webService).map { Self.object(.service, $0) }
        }
    }

    private static func object(_ kind: ObjectKind, _ manifest: Manifest) -> DesiredObject {
        DesiredObject(kind, name: manifest.name, document: manifest.document)
    }
}
