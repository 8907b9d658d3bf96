internal import Documents
internal import Passes

/// A node of a deployment as people see it: what it is, and how it was when it was last heard of.
struct NodeView: Sendable, Hashable {
    enum Role: String, Sendable {
        case node
        case orchestrator
        case sharedFolder = "shared-folder"
    }

    let name: String
    /// The author's name, where another was needed.
    let originalName: String?
    let role: Role
    let state: String
    let text: String
    var remedy: String?
    var logs: [String] = []
    /// Seconds since 1970.
    var since: Double?

    /// All nodes of a plan, and whatever else was reported of.
    /// - Parameters:
    ///   - plan: nil as long as there is none.
    ///   - isOver: whether nothing more will be heard.
    static func all(of plan: SolutionPlan?, _ progress: DeploymentProgress, isOver: Bool) -> [NodeView] {
        var rest = progress.nodes
        var views: [NodeView] = []
        let add = { (name: String, originalName: String?, role: Role) in
            let report = rest.removeValue(forKey: name)
            views.append(NodeView(name, originalName, role, report, isOver: isOver))
        }
        for node in plan?.nodes ?? [] {
            add(node.name, node.originalName == node.name ? nil : node.originalName, .node)
        }
        if let orchestrator = plan?.orchestrator { add(orchestrator.name, nil, .orchestrator) }
        for folder in plan?.sharedFolders ?? [] {
            add(folder.claimName, folder.originalName == folder.claimName ? nil : folder.originalName, .sharedFolder)
        }
        for name in rest.keys.sorted() { add(name, nil, .node) }
        return views
    }

    private init(
        _ name: String,
        _ originalName: String?,
        _ role: Role,
        _ report: DeploymentProgress.NodeReport?,
        isOver: Bool
    ) {
        self.name = name
        self.originalName = originalName
        self.role = role
        state = report?.state ?? "pending"
        text = report?.text ?? (isOver ? "Nothing was heard of it." : "Nothing has been heard of it yet.")
        remedy = report?.remedy
        logs = report?.logs ?? []
        since = report?.since
    }

    var document: Document {
        var members: DocumentObject = ["name": .string(name)]
        members["originalName"] = originalName.map(Document.string)
        members["role"] = .string(role.rawValue)
        members["state"] = .string(state)
        members["text"] = .string(text)
        members["remedy"] = remedy.map(Document.string)
        members["logs"] = .array(logs.map(Document.string))
        members["since"] = since.map { .string(TimeText.text($0)) }
        return .object(members)
    }
}
