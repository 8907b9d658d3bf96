public import Documents

/// An rpc of a node, its message names, and the operations that its output goes to.
public struct BlueprintOperation: Sendable, Hashable {
    /// The name of the rpc.
    public var name: String
    /// The message that it takes.
    public var input: Message
    /// The message that it gives.
    public var output: Message
    /// Where its output goes (`connected_to`).
    public var edges: [BlueprintEdge]
    private let source: DocumentObject

    /// A message of an operation: its name, and whether it comes as a stream (absent means not).
    public struct Message: Sendable, Hashable {
        /// The message's name as the protobuf file declares it.
        public var name: String
        /// Whether there are any number of messages instead of one.
        public var isStream: Bool

        /// Takes over the parts as they are.
        public init(name: String, isStream: Bool) {
            self.name = name
            self.isStream = isStream
        }
    }

    init(_ document: Document, node: String) throws(BlueprintError) {
        guard let object = document.object, let signature = object["operation_signature"]?.object else {
            throw BlueprintError(node: node, field: "operation_signature", problem: "is missing, null or no object")
        }
        let fields = FieldReader(signature, node: node)
        guard let name = try fields.text("operation_name"), !name.isEmpty else {
            throw BlueprintError(node: node, field: "operation_name", problem: "is missing or empty")
        }
        self.name = name
        // Some producers leave out the input of a source; the orchestrator needs it and calls it Empty.
        input = Message(
            name: try fields.text("input_message_name") ?? "Empty",
            isStream: try fields.flag("input_message_stream")
        )
        output = Message(
            name: try fields.text("output_message_name") ?? "Empty",
            isStream: try fields.flag("output_message_stream")
        )
        var edges: [BlueprintEdge] = []
        for element in try FieldReader(object, node: node).list("connected_to") {
            edges.append(try BlueprintEdge(element, node: node))
        }
        self.edges = edges
        source = object
    }

    /// The tree to write back.
    public var document: Document {
        var signature = source["operation_signature"]?.object ?? DocumentObject()
        signature["operation_name"] = .string(name)
        for (prefix, message) in [("input_message", input), ("output_message", output)] {
            signature["\(prefix)_name"] = .string(message.name)
            if signature["\(prefix)_stream"] != nil || message.isStream {
                signature["\(prefix)_stream"] = .bool(message.isStream)
            }
        }
        var object = source
        object["operation_signature"] = .object(signature)
        object["connected_to"] = .array(edges.map(\.document))
        return .object(object)
    }
}

/// One end of a link: an operation of another node.
public struct BlueprintEdge: Sendable, Hashable {
    /// As written: newer Design Studio versions lower-case the names of nodes but not those of edges.
    public var containerName: String
    /// The rpc of that container.
    public var operationName: String
    private let source: DocumentObject

    init(_ document: Document, node: String) throws(BlueprintError) {
        guard let object = document.object else {
            throw BlueprintError(
                node: node, field: "connected_to", problem: "holds \(document.kindName), not an object")
        }
        guard let name = try FieldReader(object, node: node).text("container_name"), !name.isEmpty else {
            throw BlueprintError(node: node, field: "connected_to.container_name", problem: "is missing or empty")
        }
        let signature = object["operation_signature"]?.object ?? DocumentObject()
        containerName = name
        operationName = try FieldReader(signature, node: node).text("operation_name") ?? ""
        source = object
    }

    /// The tree to write back.
    public var document: Document {
        var signature = source["operation_signature"]?.object ?? DocumentObject()
        signature["operation_name"] = .string(operationName)
        var object = source
        object["container_name"] = .string(containerName)
        object["operation_signature"] = .object(signature)
        return .object(object)
    }
}
