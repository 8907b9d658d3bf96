public import Documents

/// One node of a blueprint: a container, a shared folder, a splitter or a collator.
public struct BlueprintNode: Sendable, Hashable {
    /// The name by which edges meet this node; a shared folder's is its mount path.
    public var containerName: String
    /// The type as written; nil where missing or null.
    public var type: String?
    /// The image reference; empty for nodes without a container.
    public var image: String
    /// The path of the node's protobuf file below the Nexus repository; nil where there is none.
    public var protoURI: String?
    /// The operations in the order of `operation_signature_list`.
    public var operations: [BlueprintOperation]
    private let source: DocumentObject
    private static let longestName = 1_000

    init(_ document: Document, position: Int) throws(BlueprintError) {
        let place = "nodes[\(position)]"
        guard let object = document.object else {
            throw BlueprintError(node: nil, field: place, problem: "is \(document.kindName), not an object")
        }
        let name = try FieldReader(object, node: place).text("container_name") ?? ""
        guard !name.isEmpty else {
            throw BlueprintError(node: place, field: "container_name", problem: "is missing or empty")
        }
        guard name.utf8.count <= Self.longestName else {
            throw BlueprintError(
                node: place,
                field: "container_name",
                problem: "has more than \(Self.longestName) bytes"
            )
        }
        let fields = FieldReader(object, node: name)
        containerName = name
        type = try fields.text("node_type")
        image = try fields.text("image") ?? ""
        protoURI = try fields.text("proto_uri").flatMap { $0.isEmpty ? nil : $0 }
        if object["operation_signature_list"] == nil, object["depends_on"] != nil {
            throw BlueprintError(
                node: name,
                field: "operation_signature_list",
                problem: "is missing and depends_on is there: this is a file from before Acumos, which is not supported"
            )
        }
        var operations: [BlueprintOperation] = []
        for element in try fields.list("operation_signature_list") {
            operations.append(try BlueprintOperation(element, node: name))
        }
        self.operations = operations
        source = object
    }

    /// A field this type does not know, as it was read.
    public subscript(field: String) -> Document? { source[field] }

    /// The node as it is written back. The lists that the orchestrator demands are always there.
    public var document: Document {
        var object = source
        object["container_name"] = .string(containerName)
        if source["image"]?.string != nil || !image.isEmpty { object["image"] = .string(image) }
        object["operation_signature_list"] = .array(operations.map(\.document))
        return .object(object)
    }
}
