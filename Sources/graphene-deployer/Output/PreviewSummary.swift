import TargetContract

/// What a deployment would do, in lines for a terminal.
struct PreviewSummary {
    /// The environment, then one line for each object with its fields below.
    let lines: [String]
    /// Warnings and obstacles with their remedies.
    let findings: [String]

    init(_ preview: DeploymentPreview) {
        lines = preview.environment.map { "\($0.name)\t\($0.value)" } + preview.changes.flatMap(Self.lines)
        findings =
            preview.warnings.map { "warning: \(Self.sentence($0))" }
            + preview.obstacles.map { "obstacle: \(Self.sentence($0))" }
    }

    private static func lines(of change: DeploymentPreview.ObjectChange) -> [String] {
        ["\(sign(of: change.action)) \(change.kind) \(change.name)"]
            + change.fields.map { "    \($0.path): \($0.before ?? "(none)") -> \($0.after ?? "(none)")" }
    }

    private static func sign(of action: DeploymentPreview.ObjectChange.Action) -> String {
        switch action {
        case .created: "+"
        case .changed: "~"
        case .unchanged: "="
        case .pruned: "-"
        }
    }

    private static func sentence(_ finding: DeploymentPreview.Finding) -> String {
        "\(finding.what): \(finding.why). \(finding.remedy)."
    }
}
