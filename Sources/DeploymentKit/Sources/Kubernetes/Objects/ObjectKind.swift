/// A kind of Kubernetes object and where the API serves it.
public struct ObjectKind: Sendable, Hashable {
    /// `v1` or `group/version`.
    public let apiVersion: String
    /// For instance `Deployment`.
    public let kind: String
    /// The resource in URLs: lower case, plural.
    public let resource: String
    /// Whether its objects live in a namespace.
    public let isNamespaced: Bool

    /// Takes over the parts as they are.
    public init(apiVersion: String, kind: String, resource: String, isNamespaced: Bool = true) {
        self.apiVersion = apiVersion
        self.kind = kind
        self.resource = resource
        self.isNamespaced = isNamespaced
    }

    /// The API group; empty for the core group.
    public var group: String {
        apiVersion.contains("/") ? String(apiVersion.prefix { $0 != "/" }) : ""
    }

    /// `v1` Namespace.
    public static let namespace = core("Namespace", "namespaces", isNamespaced: false)
    /// `v1` Node.
    public static let node = core("Node", "nodes", isNamespaced: false)
    /// `v1` Pod.
    public static let pod = core("Pod", "pods")
    /// `v1` Service.
    public static let service = core("Service", "services")
    /// `v1` Secret.
    public static let secret = core("Secret", "secrets")
    /// `v1` Event.
    public static let event = core("Event", "events")
    /// `v1` PersistentVolumeClaim.
    public static let claim = core("PersistentVolumeClaim", "persistentvolumeclaims")
    /// `v1` ResourceQuota.
    public static let resourceQuota = core("ResourceQuota", "resourcequotas")
    /// `apps/v1` Deployment.
    public static let deployment = ObjectKind(apiVersion: "apps/v1", kind: "Deployment", resource: "deployments")
    /// `apps/v1` ReplicaSet.
    public static let replicaSet = ObjectKind(apiVersion: "apps/v1", kind: "ReplicaSet", resource: "replicasets")
    /// `coordination.k8s.io/v1` Lease.
    public static let lease = ObjectKind(apiVersion: "coordination.k8s.io/v1", kind: "Lease", resource: "leases")
    /// `networking.k8s.io/v1` Ingress.
    public static let ingress = ObjectKind(
        apiVersion: "networking.k8s.io/v1",
        kind: "Ingress",
        resource: "ingresses"
    )
    /// `storage.k8s.io/v1` StorageClass.
    public static let storageClass = ObjectKind(
        apiVersion: "storage.k8s.io/v1",
        kind: "StorageClass",
        resource: "storageclasses",
        isNamespaced: false
    )

    private static func core(_ kind: String, _ resource: String, isNamespaced: Bool = true) -> ObjectKind {
        ObjectKind(apiVersion: "v1", kind: kind, resource: resource, isNamespaced: isNamespaced)
    }
}
