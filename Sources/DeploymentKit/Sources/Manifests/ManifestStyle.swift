/// What an environment decides about the objects of a plan.
public struct ManifestStyle: Sendable, Hashable {
    /// How Services are reached.
    public var serviceType: ServiceType
    /// The port of a node's Service; its target is the container's own port.
    public var nodeServicePort: Int
    /// The Secret that images are pulled with; pods name it whether or not it exists.
    public var pullSecret: String
    public var volume: Volume

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
        pullSecret: String = "acumos-registry",
        volume: Volume = Volume()
    ) {
        self.serviceType = serviceType
        self.nodeServicePort = nodeServicePort
        self.pullSecret = pullSecret
        self.volume = volume
    }
}
