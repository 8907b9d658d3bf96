/// A pipeline as it is drawn: boxes, and what flows between them.
struct PipelineGraph: Sendable, Hashable {
    /// What the drawing is called for people who cannot see it, for instance the solution's name.
    var title: String
    /// The boxes in the order in which keyboards reach them.
    var nodes: [Node]
    /// The lines between them. Drawn are those between two of the containers and between a container and a folder.
    var edges: [Edge]

    /// What a box stands for; the names are the roles of the API.
    enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A container.
        case model = "node"
        /// A volume that containers share.
        case sharedFolder = "shared-folder"
        /// The orchestrator that calls all containers; it is drawn apart.
        case orchestrator
    }

    /// A box.
    struct Node: Sendable, Hashable {
        /// The name by which the API and events call it. A folder may be called like a container.
        var name: String
        /// The name that is shown; it is cut where it is too long.
        var label: String
        /// A second line, for instance the image without its registry.
        var sublabel: String?
        /// What a tooltip adds, a line each.
        var details: [String] = []
        var kind: Kind = .model
        /// Nil before anything is deployed.
        var state: GraphState?
        /// The word beside the state's symbol.
        var stateWord: String?
    }

    /// What a line stands for.
    enum EdgeKind: String, Sendable, Hashable, CaseIterable {
        /// Messages go from one container to the other.
        case data
        /// A container mounts a folder; the line has no direction.
        case volume
    }

    /// A line between two boxes.
    struct Edge: Sendable, Hashable {
        /// The `anchor` of the box it leaves.
        var from: String
        /// The `anchor` of the box it goes to; the same for a loop.
        var to: String
        /// The operations it joins, for instance `predict → train`.
        var operation: String = ""
        /// The message it carries, for instance `Image`.
        var message: String = ""
        var kind: EdgeKind = .data
    }
}

extension PipelineGraph.Node {
    /// The id of the page's element with the details, the target of the box's link: letters, digits, `-` and `_` only,
    /// another for every other pair of name and kind.
    var anchor: String { Self.anchor(of: name, kind: kind) }

    /// The id for a box that is called so.
    static func anchor(of name: String, kind: PipelineGraph.Kind) -> String {
        let prefix = kind == .sharedFolder ? "folder-" : "node-"
        return prefix + GraphMarkup.identifier(name)
    }
}
