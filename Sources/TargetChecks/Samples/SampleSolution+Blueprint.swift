internal import Blueprints
internal import Documents

/// The files of the solutions, as Design Studio would write them.
extension SampleSolution {
    /// A protobuf file with these calls.
    /// - Parameter service: a name that no other file of the solution has, since the orchestrator merges them.
    static func proto(_ service: String, _ calls: [String]) -> String {
        """
        syntax = "proto3";

        message Empty {
        }
        message In {
          string text = 1;
        }
        message Out {
          string text = 1;
        }
        service \(service) {
        \(calls.map { "  \($0)\n" }.joined())}

        """
    }

    /// - Parameter links: `node.operation`.
    static func operation(_ name: String, input: String, output: String, to links: [String]) -> Document {
        let edges = links.map { link -> Document in
            let parts = link.split(separator: ".").map { Document.string(String($0)) }
            return ["container_name": parts[0], "operation_signature": ["operation_name": parts[1]]]
        }
        return [
            "operation_signature": [
                "operation_name": .string(name),
                "input_message_name": .string(input), "input_message_stream": false,
                "output_message_name": .string(output), "output_message_stream": false,
            ],
            "connected_to": .array(edges),
        ]
    }

    static func node(
        _ name: String,
        _ image: String,
        type: String = "MLModel",
        _ operations: [Document]
    ) -> Document {
        [
            "container_name": .string(name), "node_type": .string(type), "image": .string(image),
            "proto_uri": .string(name), "operation_signature_list": .array(operations),
        ]
    }

    static func pipeline(_ name: String, _ nodes: [Document], _ protos: [String: String]) -> SolutionSource.Content {
        let blueprint: Document = [
            "name": .string(name), "version": "1.0.0", "input_ports": [], "nodes": .array(nodes),
        ]
        return .pipeline(blueprint: blueprint.json(), protos: protos)
    }
}
