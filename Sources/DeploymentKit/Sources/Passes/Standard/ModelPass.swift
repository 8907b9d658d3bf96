internal import Blueprints
internal import Documents

/// Turns every node that runs a container, or the one image of a single model, into a planned node.
public struct ModelPass: SolutionPass {
    /// The pass has no settings.
    public init() {}

    /// Fills in the draft's nodes.
    public func apply(to draft: inout SolutionDraft) throws(Refusal) {
        switch draft.source.content {
        case .model(let image, let proto):
            draft.nodes = [try singleModel(image: image, proto: proto, draft: &draft)]
        case .pipeline(_, let protos):
            for node in draft.blueprint?.nodes ?? [] where node.kind.runsContainer {
                draft.nodes.append(try planned(node, protos: protos, draft: &draft))
            }
        }
        guard draft.nodes.isEmpty else { return }
        throw Refusal(
            node: nil,
            field: "nodes",
            problem: "The pipeline has no node that runs a container",
            remedy: "Put at least one model on the canvas of Design Studio and validate the pipeline"
        )
    }

    private func singleModel(image: String, proto: ProtoFile?, draft: inout SolutionDraft) throws(Refusal)
        -> PlannedNode
    {
        let original = draft.source.name
        var name = ObjectName.repairing(original, fallback: "model")
        if NamePass.reserved.contains(name) { name = ObjectName.repairing(original + " model", fallback: "model") }
        draft.originalNames[name] = original
        return PlannedNode(
            name: name,
            originalName: original,
            kind: .container,
            image: try checkedImage(image, node: nil, originalName: original, draft: &draft),
            proto: proto
        )
    }

    private func planned(
        _ node: BlueprintNode,
        protos: [String: String],
        draft: inout SolutionDraft
    ) throws(Refusal) -> PlannedNode {
        let original = draft.originalName(of: node.containerName)
        let image = try checkedImage(node.image, node: original, originalName: original, draft: &draft)
        let text = node.protoURI.flatMap { protos[$0] }
        if text == nil, !node.operations.isEmpty {
            throw Refusal(
                node: original,
                field: "proto_uri",
                problem: "The node has linked operations and no protobuf file, so the orchestrator cannot call it",
                remedy: "Publish the model again with its protobuf file"
            )
        }
        let brokerMap = node.kind == .dataBroker ? csvMap(of: node) : nil
        return PlannedNode(
            name: node.containerName,
            originalName: original,
            kind: node.kind,
            image: image,
            proto: text.map { ProtoFile(name: "\(node.containerName).proto", text: $0) },
            protoURI: node.protoURI,
            apiPort: brokerMap == nil ? ContainerPort.api : ContainerPort.csvDataBroker,
            dataBrokerMap: brokerMap
        )
    }

    private func checkedImage(
        _ written: String,
        node: String?,
        originalName: String,
        draft: inout SolutionDraft
    ) throws(Refusal) -> String {
        let image = ImageReference.cleaned(written)
        guard !image.isEmpty else {
            throw Refusal(
                node: node,
                field: "image",
                problem: "There is no docker image",
                remedy: "Publish the model again with its docker image, then validate the pipeline again"
            )
        }
        if let problem = ImageReference.problem(of: image) {
            throw Refusal(
                node: node,
                field: "image",
                problem: "The image reference \(problem): \(image.prefix(100))",
                remedy: "Publish the model again with a reference such as registry.example.org/group/model:1.0"
            )
        }
        if image != written { draft.note(.information, node: originalName, "its image is taken as \(image)") }
        return image
    }

    private func csvMap(of node: BlueprintNode) -> String? {
        guard let map = node["data_broker_map"], map["data_broker_type"]?.string?.lowercased() == "csv" else {
            return nil
        }
        return map.jsonText()
    }
}
