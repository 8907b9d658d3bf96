/// What an environment decides about the objects of a plan.
public struct ManifestStyle: Sendable, Hashable {
    /// How Services are reached.
    public var serviceType: ServiceType
    /// The port of a node's Service; its target is the container's own port.
    public var nodeServicePort: Int
    /// The Secret that images are pulled with; pods name it whether or not it exists. Nil for none.
    public var pullSecret: String?
    /// How shared folders are claimed.
    public var volume: Volume
    /// The namespace that the objects name; nil leaves it to whoever applies them.
    public var namespace: String?
    /// Further annotations of every object; pod templates don't have them, so that a change starts no pod anew.
    public var annotations: [Annotation] = []
    /// How pods say that they are ready; nil for no probe, so that a pod is ready once it runs.
    public var readinessProbe: ReadinessProbe?
    /// The settings of single containers by node name; the orchestrator's are under its own name.
    public var nodeSettings: [String: NodeSettings] = [:]
    /// What a node's settings leave open. The orchestrator has only its own.
    public var defaultNodeSettings = NodeSettings()
    /// Keeps all pods that share a folder on one machine, as volumes need it that only one machine can mount.
    public var colocatesFolderConsumers = false
    /// Whether Services offer the web pages of nodes too, and how those pages are reached. Nil: gRPC only.
    ///
    /// With a value, `serviceType` no longer counts: Services of pipelines are reached inside the cluster only, and
    /// what is exposed are the Services of `webService(for:)` and that of a single model.
    public var webServiceType: ServiceType?

    /// How a Service is reached, as Kubernetes calls it.
    @frozen
    public enum ServiceType: String, Sendable, Codable {
        case clusterIP = "ClusterIP"
        case nodePort = "NodePort"
        case loadBalancer = "LoadBalancer"
    }

    /// A style whose other parts have their defaults.
    public init(
        serviceType: ServiceType,
        nodeServicePort: Int,
        pullSecret: String? = "acumos-registry",
        volume: Volume = Volume()
    ) {
        self.serviceType = serviceType
        self.nodeServicePort = nodeServicePort
        self.pullSecret = pullSecret
        self.volume = volume
    }
}
