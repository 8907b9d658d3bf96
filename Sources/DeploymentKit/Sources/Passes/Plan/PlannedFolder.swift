/// A volume that several containers mount at one path.
public struct PlannedFolder: Sendable, Hashable, Codable {
    /// The name of its PersistentVolumeClaim (DNS-1035).
    public var claimName: String
    /// The absolute mount path, also the value of `SHARED_FOLDER_PATH`.
    public var path: String
    /// What the author typed.
    public var originalName: String
    /// Names of the nodes that mount it, in the order of the blueprint; never empty.
    public var consumers: [String]

    /// Takes over the parts as they are.
    public init(claimName: String, path: String, originalName: String, consumers: [String]) {
        self.claimName = claimName
        self.path = path
        self.originalName = originalName
        self.consumers = consumers
    }
}

/// The orchestrator that runs a pipeline.
public struct PlannedOrchestrator: Sendable, Hashable, Codable {
    /// Always `orchestrator`; clients rely on it.
    public var name: String
    /// The image reference.
    public var image: String
    /// The operations the rewritten blueprint lists: the `active_threads` it answers once initialised.
    public var operationCount: Int

    /// Takes over the parts as they are.
    public init(name: String = "orchestrator", image: String, operationCount: Int) {
        self.name = name
        self.image = image
        self.operationCount = operationCount
    }
}

/// Something the modeller should know about a plan.
public struct PlanNote: Sendable, Hashable, Codable {
    /// How much the note matters.
    @frozen
    public enum Kind: String, Sendable, Codable {
        /// Something was decided or repaired; the pipeline means the same.
        case information
        /// The pipeline can be deployed and will probably not do what its author expects.
        case warning
    }

    /// How much it matters.
    public var kind: Kind
    /// The node as its author named it.
    public var node: String?
    /// What was decided, as a phrase that follows the name of the node where one is named.
    public var text: String

    /// Takes over the parts as they are.
    public init(kind: Kind, node: String?, text: String) {
        self.kind = kind
        self.node = node
        self.text = text
    }
}
