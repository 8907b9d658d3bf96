public import Documents

/// A blueprint.json as Design Studio writes it: the parts a deployment reads are typed, everything else is kept.
///
/// `null` counts as absent wherever a field is optional. Writing a blueprint back (`document`) changes only what was
/// changed: unknown fields and the order of members stay.
public struct Blueprint: Sendable, Hashable {
    /// The nodes in the order of the file.
    public var nodes: [BlueprintNode]
    private var source: DocumentObject

    /// Reads the tree of a blueprint.json.
    /// - Throws: `BlueprintError` naming the node and field that is not what it should be.
    public init(_ document: Document) throws(BlueprintError) {
        guard let object = document.object else {
            throw BlueprintError(node: nil, field: "blueprint.json", problem: "is \(document.kindName), not an object")
        }
        source = object
        var nodes: [BlueprintNode] = []
        for (position, element) in try FieldReader(object, node: nil).list("nodes").enumerated() {
            nodes.append(try BlueprintNode(element, position: position))
        }
        self.nodes = nodes
    }

    /// The pipeline's name; empty where there is none. It may be cut and may hold blanks.
    public var name: String { source["name"]?.string ?? "" }

    /// Whether the author asked for a probe: the last value of `probeIndicator` is `"true"`.
    public var wantsProbe: Bool {
        let lists = ["probeIndicator", "probeIndocator"].compactMap { source[$0]?.array }
        let last = lists.first?.last?["value"]
        return last?.string?.lowercased() == "true" || last?.bool == true
    }

    /// The tree to write back.
    public var document: Document {
        var object = source
        object["nodes"] = .array(nodes.map(\.document))
        return .object(object)
    }

    /// Gives nodes new names wherever they are mentioned: in the nodes, in edges and in input ports. Names are matched
    /// as they are written.
    public mutating func rename(_ names: [String: String]) {
        for node in nodes.indices {
            nodes[node].containerName = names[nodes[node].containerName] ?? nodes[node].containerName
            for operation in nodes[node].operations.indices {
                for edge in nodes[node].operations[operation].edges.indices {
                    let name = nodes[node].operations[operation].edges[edge].containerName
                    nodes[node].operations[operation].edges[edge].containerName = names[name] ?? name
                }
            }
        }
        renameInputPorts { names[$0] }
    }

    /// Rewrites the names in `input_ports`, which older files fill in, to the exact names of their nodes.
    /// - Parameter names: the exact names by their lower-case form.
    public mutating func resolveInputPorts(_ names: [String: String]) { renameInputPorts { names[$0.lowercased()] } }

    /// Removes the input ports that a container and operation name, where the condition holds for them.
    public mutating func removeInputPorts(where condition: (_ container: String, _ operation: String) -> Bool) {
        guard let ports = source["input_ports"]?.array else { return }
        source["input_ports"] = .array(
            ports.filter { port in
                guard let container = port["container_name"]?.string else { return true }
                return !condition(container, port["operation_signature"]?["operation_name"]?.string ?? "")
            }
        )
    }

    private mutating func renameInputPorts(_ newName: (String) -> String?) {
        guard let ports = source["input_ports"]?.array else { return }
        source["input_ports"] = .array(
            ports.map { port in
                guard var object = port.object, let name = object["container_name"]?.string, let new = newName(name)
                else {
                    return port
                }
                object["container_name"] = .string(new)
                return .object(object)
            }
        )
    }
}

/// A blueprint.json that does not have the shape it should have.
public struct BlueprintError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The container name, or the position where it has none; nil for the blueprint itself.
    public var node: String?
    /// The field, as written in the file.
    public var field: String
    /// What is wrong with it, as a phrase that follows the field's name.
    public var problem: String

    /// Takes over the parts as they are.
    public init(node: String?, field: String, problem: String) {
        self.node = node
        self.field = field
        self.problem = problem
    }

    /// Node, field and problem, as one phrase.
    public var description: String {
        if let node { "node \"\(node)\": \(field) \(problem)" } else { "\(field) \(problem)" }
    }
}
