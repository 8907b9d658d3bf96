public import Blueprints
public import Documents
public import Passes

/// Builds solutions for tests, one readable line per node.
public enum PipelineFixture {
    public static let orchestratorImage = "registry.example.org/orchestrator:1.4"

    /// A protobuf file with one rpc per operation.
    public static func proto(_ operations: [String] = ["run"]) -> String {
        let rpcs = operations.map { "  rpc \($0)(In) returns (Out);\n" }.joined()
        return
            "syntax = \"proto3\";\nmessage In {\n  string text = 1;\n}\nmessage Out {\n  string text = 1;\n}\nservice Model {\n\(rpcs)}\n"
    }

    /// A link to an operation of another node.
    public static func edge(_ container: String, _ operation: String) -> Document {
        ["container_name": .string(container), "operation_signature": ["operation_name": .string(operation)]]
    }

    public static func operation(
        _ name: String,
        input: String = "In",
        output: String = "Out",
        streams: (input: Bool, output: Bool) = (false, false),
        to edges: [Document] = []
    ) -> Document {
        [
            "operation_signature": [
                "operation_name": .string(name),
                "input_message_name": .string(input), "input_message_stream": .bool(streams.input),
                "output_message_name": .string(output), "output_message_stream": .bool(streams.output),
            ],
            "connected_to": .array(edges),
        ]
    }

    public static func node(
        _ name: String,
        type: Document = "MLModel",
        image: Document = "registry.example.org/models/model:1.0",
        operations: [Document] = [],
        extra: DocumentObject = [:]
    ) -> Document {
        var object: DocumentObject = [
            "container_name": .string(name), "node_type": type, "image": image,
            "proto_uri": .string("protos/\(name).proto"),
            "operation_signature_list": .array(operations),
        ]
        for member in extra.members { object[member.key] = member.value }
        return .object(object)
    }

    public static func sharedFolder(_ name: String, to consumers: [String]) -> Document {
        let edges = consumers.map { edge($0, "mountVolume") }
        return node(
            name,
            type: "SharedFolder",
            image: "registry.example.org/virtual:v1",
            operations: [operation("provideFolder", input: "Empty", output: "SharedFolderRequest", to: edges)]
        )
    }

    public static func mountVolume() -> Document {
        operation("mountVolume", input: "SharedFolderRequest", output: "SharedFolderStatus")
    }

    public static func blueprint(_ nodes: [Document], extra: DocumentObject = [:]) -> Document {
        var object: DocumentObject = ["name": "test", "version": "1.0.0", "input_ports": [], "nodes": .array(nodes)]
        for member in extra.members { object[member.key] = member.value }
        return .object(object)
    }

    /// A pipeline whose nodes all have the protobuf file that `proto()` makes, unless it is given.
    public static func pipeline(
        _ nodes: [Document],
        name: String = "Test pipeline",
        protos: [String: String] = [:],
        extra: DocumentObject = [:]
    ) -> SolutionSource {
        let document = blueprint(nodes, extra: extra)
        var texts: [String: String] = [:]
        for node in nodes {
            guard let uri = node["proto_uri"]?.string else { continue }
            let operations = (node["operation_signature_list"]?.array ?? []).compactMap {
                $0["operation_signature"]?["operation_name"]?.string
            }
            texts[uri] = protos[uri] ?? proto(operations.isEmpty ? ["run"] : operations)
        }
        return source(name: name, content: .pipeline(blueprint: document.json(), protos: texts))
    }

    public static func model(
        image: String = "registry.example.org/models/model:1.0",
        name: String = "Bird Model",
        proto: ProtoFile? = ProtoFile(name: "model.proto", text: proto())
    ) -> SolutionSource {
        source(name: name, content: .model(image: image, proto: proto))
    }

    /// A chain of nodes, each linked to the next.
    public static func chain(count: Int) -> SolutionSource {
        let nodes = (1...count).map { number in
            node(
                "model\(number)",
                operations: [
                    operation(
                        "run",
                        input: number == 1 ? "Empty" : "In",
                        output: "In",
                        to: number < count ? [edge("model\(number + 1)", "run")] : []
                    )
                ]
            )
        }
        return pipeline(nodes)
    }

    public static let reference: SolutionReference = {
        guard
            let reference = SolutionReference(
                "11111111-1111-4111-8111-111111111111/22222222-2222-4222-8222-222222222222")
        else { preconditionFailure("the fixture's ids are valid") }
        return reference
    }()

    private static func source(name: String, content: SolutionSource.Content) -> SolutionSource {
        SolutionSource(reference: reference, name: name, version: "1.0.0", content: content)
    }
}

extension SolutionSource {
    /// The plan that the standard passes make of this.
    public func planned() throws -> SolutionPlan {
        try PassPipeline.standard(orchestratorImage: PipelineFixture.orchestratorImage).run(on: self)
    }
}
