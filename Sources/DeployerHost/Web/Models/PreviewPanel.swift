internal import TargetContract

/// What a deployment would do, as a part of the page with the form.
struct PreviewPanel: Sendable {
    let changeSummary: String
    let hasFacts: Bool
    let facts: [Fact]
    let hasObstacles: Bool
    let obstacles: [Finding]
    let hasWarnings: Bool
    let warnings: [Finding]
    let hasChanges: Bool
    let changes: [Change]
    let hasUnchanged: Bool
    let unchangedCount: String
    let unchanged: [Unchanged]

    struct Fact: Sendable {
        let factName: String
        let factValue: String
    }

    struct Finding: Sendable {
        let what: String
        let why: String
        let remedy: String

        init(_ finding: DeploymentPreview.Finding) {
            what = finding.what
            why = Problem.sentence(finding.why)
            remedy = Problem.sentence(finding.remedy)
        }
    }

    struct Change: Sendable {
        let action: String
        let actionWord: String
        let kind: String
        let objectName: String
        let hasFields: Bool
        let fieldCount: String
        let changedFields: [Field]
    }

    struct Field: Sendable {
        let path: String
        let before: String?
        let after: String?
    }

    struct Unchanged: Sendable {
        let unchangedKind: String
        let unchangedName: String
    }

    init(_ preview: DeploymentPreview) {
        facts = preview.environment.map { Fact(factName: $0.name, factValue: $0.value) }
        obstacles = preview.obstacles.map(Finding.init)
        warnings = preview.warnings.map(Finding.init)
        changes = preview.changes.filter { $0.action != .unchanged }.map(Change.init)
        unchanged = preview.changes.filter { $0.action == .unchanged }.map { change in
            Unchanged(unchangedKind: change.kind, unchangedName: change.name)
        }
        hasFacts = !facts.isEmpty
        hasObstacles = !obstacles.isEmpty
        hasWarnings = !warnings.isEmpty
        hasChanges = !changes.isEmpty
        hasUnchanged = !unchanged.isEmpty
        unchangedCount =
            unchanged.count == 1 ? "1 object stays as it is" : "\(unchanged.count) objects stay as they are"
        changeSummary = Self.summary(of: preview)
    }

    private static func summary(of preview: DeploymentPreview) -> String {
        let actions: [DeploymentPreview.ObjectChange.Action] = [.created, .changed, .pruned, .unchanged]
        let counts = actions.compactMap { action -> String? in
            let count = preview.changes.count { $0.action == action }
            return count == 0 ? nil : "\(count) \(action.rawValue)"
        }
        return counts.isEmpty ? "Nothing would change." : counts.joined(separator: ", ")
    }
}

extension PreviewPanel.Change {
    init(_ change: DeploymentPreview.ObjectChange) {
        action = change.action.rawValue
        actionWord = change.action.rawValue.prefix(1).uppercased() + change.action.rawValue.dropFirst()
        kind = change.kind
        objectName = change.name
        changedFields = change.fields.map { .init(path: $0.path, before: $0.before, after: $0.after) }
        hasFields = !changedFields.isEmpty
        fieldCount = changedFields.count == 1 ? "1 field" : "\(changedFields.count) fields"
    }
}
