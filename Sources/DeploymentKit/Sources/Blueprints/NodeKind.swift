/// What a node's type means for a deployment. Types are compared ignoring case.
@frozen
public enum NodeKind: String, Sendable, Hashable, Codable {
    /// An ordinary container; also every type that is unknown or missing.
    case container
    /// A data broker; older ones carry a `data_broker_map` for CSV files.
    case dataBroker
    /// A volume, no container.
    case sharedFolder
    /// Copies or takes apart messages; has no container.
    case splitter
    /// Brings messages together; has no container.
    case collator
    /// The platform's probe.
    case probe

    /// The kind of a `node_type`; a type that is unknown or missing is an ordinary container.
    public init(type: String?) {
        switch type?.lowercased() {
        case "databroker": self = .dataBroker
        case "sharedfolder": self = .sharedFolder
        case "splitter": self = .splitter
        case "collator": self = .collator
        case "probe": self = .probe
        default: self = .container
        }
    }

    /// Whether such a node is run from an image.
    public var runsContainer: Bool {
        switch self {
        case .container, .dataBroker, .probe: true
        case .sharedFolder, .splitter, .collator: false
        }
    }
}

extension BlueprintNode {
    /// What the node's type means for a deployment.
    public var kind: NodeKind { NodeKind(type: type) }
}
