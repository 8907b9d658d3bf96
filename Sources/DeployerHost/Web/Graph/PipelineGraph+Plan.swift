internal import Blueprints
internal import Documents
internal import Passes

extension PipelineGraph {
    /// The drawing of a plan.
    /// - Parameter states: the states of nodes, folders and the orchestrator by the names of the plan; a folder's name
    ///   is that of its claim. What is not in it shows no state.
    /// - Throws: `DocumentError` or `BlueprintError` where the plan's blueprint can't be read, which the passes rule out.
    init(plan: SolutionPlan, states: [String: String] = [:]) throws {
        title = plan.name
        nodes = plan.nodes.map(Node.init)
        edges = []
        if let text = plan.blueprint { edges += Self.dataEdges(of: try Blueprint(Document(json: text))) }
        for folder in plan.sharedFolders {
            let node = Node(folder)
            nodes.append(node)
            edges += folder.consumers.map { consumer in
                Edge(from: node.anchor, to: Node.anchor(of: consumer, kind: .model), kind: .volume)
            }
        }
        if let orchestrator = plan.orchestrator { nodes.append(Node(orchestrator)) }
        for index in nodes.indices {
            guard let word = states[nodes[index].name] else { continue }
            nodes[index].state = GraphState(name: word)
            nodes[index].stateWord = word
        }
    }

    /// An edge per link of the blueprint. What flows is what the first operation gives.
    private static func dataEdges(of blueprint: Blueprint) -> [Edge] {
        blueprint.nodes.flatMap { node in
            node.operations.flatMap { operation in
                operation.edges.map { edge in
                    Edge(
                        from: Node.anchor(of: node.containerName, kind: .model),
                        to: Node.anchor(of: edge.containerName, kind: .model),
                        operation: "\(operation.name) → \(edge.operationName)",
                        message: (operation.output.isStream ? "stream " : "") + operation.output.name
                    )
                }
            }
        }
    }
}

extension PipelineGraph.Node {
    fileprivate init(_ node: PlannedNode) {
        self.init(name: node.name, label: node.name, sublabel: imageTail(node.image), details: [node.image])
        if node.originalName != node.name { details.insert("called \"\(node.originalName)\" by its author", at: 0) }
    }

    fileprivate init(_ folder: PlannedFolder) {
        self.init(
            name: folder.claimName,
            label: folder.path,
            sublabel: "shared folder",
            details: ["Claim \(folder.claimName)"],
            kind: .sharedFolder
        )
    }

    fileprivate init(_ orchestrator: PlannedOrchestrator) {
        self.init(
            name: orchestrator.name,
            label: orchestrator.name,
            sublabel: imageTail(orchestrator.image),
            details: [orchestrator.image],
            kind: .orchestrator
        )
    }
}

/// The last component of an image reference with its tag, without a digest.
private func imageTail(_ image: String) -> String {
    let reference = image.prefix { $0 != "@" }
    return String(reference.split(separator: "/").last ?? reference)
}
