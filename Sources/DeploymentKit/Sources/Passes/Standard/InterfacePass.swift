internal import Blueprints

/// Looks for what the orchestrator would refuse, or drop without a word, once everything is running: links to
/// operations that do not exist, calls it cannot make, protobuf files it cannot merge.
///
/// It only warns: newer orchestrators may do better, and a solution.zip can be mended by hand.
public struct InterfacePass: SolutionPass {
    /// The pass has no settings.
    public init() {}

    /// Adds the warnings; nothing else changes.
    public func apply(to draft: inout SolutionDraft) throws(Refusal) {
        guard let blueprint = draft.blueprint else { return }
        checkOperations(of: blueprint, draft: &draft)
        var seen: [String: (file: String, text: String)] = [:]
        var scans: [String: ProtoScan] = [:]
        for node in draft.nodes {
            guard let proto = node.proto else { continue }
            let scan = scans[proto.text] ?? ProtoScan(proto.text)
            scans[proto.text] = scan
            for problem in scan.problems {
                draft.note(.warning, node: node.originalName, "its protobuf file \(problem)")
            }
            for (name, text) in scan.declarations {
                let first = seen[name] ?? (node.originalName, text)
                seen[name] = first
                guard first.text != text else { continue }
                draft.note(
                    .warning,
                    node: node.originalName,
                    "its protobuf file declares \(name) in another way than \"\(first.file)\" does; the orchestrator cannot merge them"
                )
            }
        }
    }

    private func checkOperations(of blueprint: Blueprint, draft: inout SolutionDraft) {
        var inputs: [String: BlueprintOperation] = [:]
        for node in blueprint.nodes {
            for operation in node.operations { inputs["\(node.containerName)/\(operation.name)"] = operation }
        }
        for node in blueprint.nodes {
            let name = draft.originalName(of: node.containerName)
            for operation in node.operations {
                if operation.input.isStream, operation.output.isStream {
                    draft.note(
                        .warning, node: name, "\(operation.name) streams both ways, which the orchestrator cannot call")
                }
                if operation.input.name == "Empty", operation.input.isStream {
                    draft.note(
                        .warning,
                        node: name,
                        "\(operation.name) takes a stream of Empty, which the orchestrator cannot call"
                    )
                }
                for edge in operation.edges {
                    let target = draft.originalName(of: edge.containerName)
                    guard let input = inputs["\(edge.containerName)/\(edge.operationName)"]?.input else {
                        draft.note(
                            .warning,
                            node: name,
                            "\(operation.name) is linked to \(target).\(edge.operationName), which that node does not list; the orchestrator drops this link"
                        )
                        continue
                    }
                    if input.name == "Empty" {
                        draft.note(
                            .warning,
                            node: name,
                            "\(operation.name) is linked to \(target).\(edge.operationName), which takes Empty and so cannot have links"
                        )
                    }
                }
            }
        }
    }
}
