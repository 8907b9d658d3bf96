internal import Blueprints
internal import TargetContract

/// What the containers of a deployment have printed.
struct LogsPage: PageContent {
    static let template = "logs"
    var pageTitle: String { "Logs: \(solutionName)" }

    let root: String
    let csrf: String
    let deploymentID: String
    let solutionName: String
    let solutionVersion: String
    let read: String
    let readText: String
    /// Whether reading again needs the draft that holds the secrets.
    let needsSecrets: Bool
    let draft: String
    let nodeChoices: [NodeChoice]
    let isEmpty: Bool
    let lines: [Line]
    let cut: String?

    struct NodeChoice: Sendable {
        let nodeChoice: String
        let nodeChoiceWord: String
        let isSelected: Bool

        /// All nodes, then each.
        static func all(_ names: [String], selected: String?) -> [NodeChoice] {
            [NodeChoice(nodeChoice: "", nodeChoiceWord: "All nodes", isSelected: selected == nil)]
                + names.map { NodeChoice(nodeChoice: $0, nodeChoiceWord: $0, isSelected: $0 == selected) }
        }
    }

    struct Line: Sendable {
        let lineNode: String
        let lineText: String
    }

    /// How many of the last lines are shown, and how many bytes of them.
    static let limit = 2_000
    private static let byteLimit = 2 << 20
    /// How long lines may take to come.
    static let patience = Duration.seconds(20)

    /// As many of the last lines as are shown.
    static func last(of lines: [LogLine]) -> [LogLine] {
        var bytes = 0
        let kept = lines.suffix(limit).reversed().prefix { line in
            bytes += line.node.utf8.count + line.text.utf8.count
            return bytes <= byteLimit
        }
        return kept.reversed()
    }

    init(
        _ lines: [LogLine],
        isCut: Bool,
        isLate: Bool,
        of record: DeploymentRecord,
        nodes: [String],
        node: String?,
        draft: String?,
        setting: PageSetting
    ) {
        root = setting.root
        csrf = setting.csrf
        deploymentID = record.id
        solutionName = record.solution?.name ?? record.reference.solutionID
        solutionVersion = record.solution?.version ?? ""
        read = TimeText.text(setting.now)
        readText = MomentText.text(setting.now)
        needsSecrets = draft != nil
        self.draft = draft ?? ""
        nodeChoices = NodeChoice.all(nodes, selected: node)
        self.lines = lines.map { Line(lineNode: $0.node, lineText: $0.text) }
        isEmpty = lines.isEmpty
        if isLate {
            cut = "Not all lines came within \(Self.patience.components.seconds) s. The API waits for all of them."
        } else {
            cut = isCut ? "Only the last \(Self.limit) lines are shown. The API gives all of them." : nil
        }
    }
}
