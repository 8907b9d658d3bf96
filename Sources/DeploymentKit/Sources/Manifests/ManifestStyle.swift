/// What an environment decides about the objects of a plan.
public struct ManifestStyle: Sendable, Hashable {
    /// How Services are reached.
    public var serviceType: ServiceType
    /// The port of a node's Service; its target is the container's own port.
    public var nodeServicePort: Int
    /// The Secret that images are pulled with; pods name it whether or not it exists. Nil for none.
    public var pullSecret: String?
    public var volume: Volume
    /// The namespace in the objects' metadata; nil to leave that to whoever applies them.
    public var namespace: String?
    /// Annotations of the objects themselves; never of pods, which would be replaced whenever one changes.
    public var annotations: [Annotation] = []
    /// Whether a pod counts as ready only when its interface accepts connections.
    public var probesInterface = false
    /// Whether a node's Service has the port of its web page beside that of its interface.
    public var servesWebPort = false
    /// Whether all nodes that share a folder run on one machine, for volumes that one machine can mount at a time.
    public var colocatesFolderConsumers = false
    /// Settings by a node's name; `*` is for nodes without an entry.
    public var nodeSettings: [String: NodeSettings] = [:]

    public struct Annotation: Sendable, Hashable {
        public var name: String
        public var value: String

        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    @frozen
    public enum ServiceType: String, Sendable, Codable {
        case clusterIP = "ClusterIP"
        case nodePort = "NodePort"
        case loadBalancer = "LoadBalancer"
    }

    /// How shared folders are claimed.
    public struct Volume: Sendable, Hashable {
        /// An amount such as `1Gi`.
        public var size: String
        /// `ReadWriteMany` or `ReadWriteOnce`.
        public var accessMode: String
        /// Nil for the cluster's default class.
        public var storageClass: String?

        public init(size: String = "1Gi", accessMode: String = "ReadWriteMany", storageClass: String? = nil) {
            self.size = size
            self.accessMode = accessMode
            self.storageClass = storageClass
        }
    }

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
