import TargetContract

/// A preview in lines for a terminal.
struct PreviewSummary {
    let lines: [String]

    init(_ preview: DeploymentPreview) {
        lines =
            preview.environment.map { "\($0.name)\t\($0.value)" }
            + preview.changes.flatMap(Self.lines)
            + preview.warnings.map { "warning: \($0.what): \($0.why). \($0.remedy)." }
            + preview.obstacles.map { "obstacle: \($0.what): \($0.why). \($0.remedy)." }
    }

    private static func lines(_ change: DeploymentPreview.ObjectChange) -> [String] {
        let sign =
            switch change.action {
            case .created: "+"
            case .changed: "~"
            case .unchanged: "="
            case .pruned: "-"
            }
        return ["\(sign) \(change.kind) \(change.name)"]
            + change.fields.map { "    \($0.path): \($0.before ?? "none") -> \($0.after ?? "none")" }
    }
}
