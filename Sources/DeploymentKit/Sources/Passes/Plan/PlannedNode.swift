public import Blueprints

/// A container to run, reached under its name.
public struct PlannedNode: Sendable, Hashable, Codable {
    /// The name of its Service and Deployment (DNS-1035, at most 63 characters), and its name in the blueprint.
    public var name: String
    /// The name its author gave.
    public var originalName: String
    /// What the node's type means.
    public var kind: NodeKind
    /// An image reference as Kubernetes accepts it.
    public var image: String
    /// The protobuf file, called `<name>.proto` in a pipeline; nil where the node has none.
    public var proto: ProtoFile?
    /// Where the catalogue keeps that file.
    public var protoURI: String?
    /// The port of its gRPC server.
    public var apiPort: Int
    /// The port of its web page; whether anything listens there is not known before it runs.
    public var webPort: Int
    /// The mapping of an older data broker that reads CSV files, as JSON text.
    public var dataBrokerMap: String?

    /// Takes over the parts as they are.
    public init(
        name: String,
        originalName: String,
        kind: NodeKind,
        image: String,
        proto: ProtoFile?,
        protoURI: String? = nil,
        apiPort: Int = ContainerPort.api,
        webPort: Int = ContainerPort.web,
        dataBrokerMap: String? = nil
    ) {
        self.name = name
        self.originalName = originalName
        self.kind = kind
        self.image = image
        self.proto = proto
        self.protoURI = protoURI
        self.apiPort = apiPort
        self.webPort = webPort
        self.dataBrokerMap = dataBrokerMap
    }
}

/// The ports of the AI4EU container contract.
@frozen
public enum ContainerPort {
    /// Plaintext gRPC.
    public static let api = 8061
    /// HTTP, where a container has a web page.
    public static let web = 8062
    /// gRPC of the older data brokers that read CSV files.
    public static let csvDataBroker = 8556
}
