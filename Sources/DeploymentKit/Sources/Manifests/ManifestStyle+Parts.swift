extension ManifestStyle {
    /// How shared folders are claimed.
    public struct Volume: Sendable, Hashable {
        /// An amount such as `1Gi`.
        public var size: String
        /// `ReadWriteMany` or `ReadWriteOnce`.
        public var accessMode: String
        /// Nil for the cluster's default class.
        public var storageClass: String?

        /// Takes over the parts as they are.
        public init(size: String = "1Gi", accessMode: String = "ReadWriteMany", storageClass: String? = nil) {
            self.size = size
            self.accessMode = accessMode
            self.storageClass = storageClass
        }
    }

    /// An annotation of an object.
    public struct Annotation: Sendable, Hashable {
        /// A name with its prefix, for instance `graphene-deployer/digest`.
        public var name: String
        /// The text of the annotation.
        public var value: String

        /// Takes over the parts as they are.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// A pod is ready when its gRPC port accepts connections.
    public struct ReadinessProbe: Sendable, Hashable {
        /// Seconds between two attempts.
        public var period: Int
        /// Failed attempts in a row after which a pod is not ready.
        public var failureThreshold: Int

        /// Takes over the parts as they are.
        public init(period: Int = 2, failureThreshold: Int = 30) {
            self.period = period
            self.failureThreshold = failureThreshold
        }
    }
}
