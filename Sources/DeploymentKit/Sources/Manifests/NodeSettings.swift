/// What a user wants for one container beyond its image.
public struct NodeSettings: Sendable, Hashable {
    /// Environment variables in their order.
    public var environment: [Variable]
    /// CPU, as request and limit, for instance `500m`.
    public var cpu: String?
    /// Memory, as request and limit, for instance `2Gi`.
    public var memory: String?
    /// GPUs of NVIDIA (`nvidia.com/gpu`).
    public var gpu: Int?
    /// `Always`, `IfNotPresent` or `Never`; nil for the cluster's rule.
    public var pullPolicy: String?

    public struct Variable: Sendable, Hashable {
        public var name: String
        public var value: String

        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    public init(
        environment: [Variable] = [],
        cpu: String? = nil,
        memory: String? = nil,
        gpu: Int? = nil,
        pullPolicy: String? = nil
    ) {
        self.environment = environment
        self.cpu = cpu
        self.memory = memory
        self.gpu = gpu
        self.pullPolicy = pullPolicy
    }
}
