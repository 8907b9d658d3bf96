public import Documents

/// What lists and watches have told of one namespace (and of the storage classes): objects by their names.
public struct ClusterSnapshot: Sendable {
    /// The Deployments by name.
    public var deployments: [String: Document] = [:]
    /// The ReplicaSets by name.
    public var replicaSets: [String: Document] = [:]
    /// The Pods by name.
    public var pods: [String: Document] = [:]
    /// The Services by name.
    public var services: [String: Document] = [:]
    /// The PersistentVolumeClaims by name.
    public var claims: [String: Document] = [:]
    /// The Events by name.
    public var events: [String: Document] = [:]
    /// The StorageClasses by name.
    public var storageClasses: [String: Document] = [:]

    /// A snapshot in which nothing has been told.
    public init() {}

    /// The type of a watch event that changes something; `BOOKMARK` and `ERROR` change nothing here.
    @frozen public enum Change: String, Sendable, Hashable {
        case added = "ADDED"
        case modified = "MODIFIED"
        case deleted = "DELETED"
    }

    /// Takes over what a watch told. Kinds that are not kept and objects without a name are ignored.
    public mutating func apply(_ kind: ObjectKind, _ change: Change, _ object: Document) {
        guard let objects = Self.objects(of: kind), let name = object.name else { return }
        self[keyPath: objects][name] = change == .deleted ? nil : object
    }

    /// Takes over a list: what is not in it is gone.
    public mutating func replace(_ kind: ObjectKind, with list: [Document]) {
        guard let objects = Self.objects(of: kind) else { return }
        self[keyPath: objects] = [:]
        for object in list { apply(kind, .added, object) }
    }

    private static func objects(of kind: ObjectKind) -> WritableKeyPath<Self, [String: Document]>? {
        switch kind {
        case .deployment: \.deployments
        case .replicaSet: \.replicaSets
        case .pod: \.pods
        case .service: \.services
        case .claim: \.claims
        case .event: \.events
        case .storageClass: \.storageClasses
        default: nil
        }
    }
}
