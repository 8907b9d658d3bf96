internal import Blueprints
internal import TargetContract

/// "My deployments"; for administrators those of all people.
struct DeploymentListPage: PageContent {
    static let template = "deployments"
    var pageTitle: String { "Deployments" }
    var scripts: [String] { ["list.js"] }
    var section: PageSection? { .deployments }

    let root: String
    let showsOwners: Bool
    let ownerFilter: Bool
    let isOnlyMine: Bool
    let isFiltered: Bool
    let isEmpty: Bool
    let hasActive: Bool
    let rows: [Row]
    let portal: String?
    let stateChoices: [OptionField.Choice]
    let targetChoices: [OptionField.Choice]
    let nextPath: String?
    let refresh: String?

    struct Row: Sendable {
        let deploymentID: String
        let solutionName: String
        let solutionVersion: String?
        let targetName: String
        let state: String
        let stateWord: String
        let age: String
        let created: String
        let createdText: String
        let ownerName: String
        let namespace: String?
        let cluster: String?
    }

    /// - Parameter next: the id with which the next page begins.
    init(
        _ records: [DeploymentRecord],
        next: String?,
        query: DeploymentQuery,
        targets: [LoadedTarget],
        setting: PageSetting
    ) {
        let isAdministrator = setting.user?.isAdministrator ?? false
        root = setting.root
        ownerFilter = isAdministrator
        isOnlyMine = isAdministrator && query.owner != nil
        showsOwners = isAdministrator && !isOnlyMine
        isFiltered = query.state != nil || query.target != nil || isOnlyMine
        isEmpty = records.isEmpty
        hasActive = records.contains(where: \.state.isActive)
        portal = setting.portal
        let names = Dictionary(
            targets.map { ($0.manifest.id, $0.manifest.name) }, uniquingKeysWith: { first, _ in first })
        rows = records.map { Row($0, targetName: names[$0.target] ?? $0.target, now: setting.now) }
        stateChoices = DeploymentState.allCases.map { state in
            OptionField.Choice(
                choice: state.rawValue,
                choiceWord: StateWord.text(state.rawValue),
                isSelected: state == query.state
            )
        }
        targetChoices = targets.map { target in
            let id = target.manifest.id
            return OptionField.Choice(choice: id, choiceWord: target.manifest.name, isSelected: id == query.target)
        }
        let filters = [
            query.state.map { "state=\($0.rawValue)" }, query.target.map { "target=\($0)" },
            isOnlyMine ? "owner=me" : nil,
        ]
        let address = { (before: String?) in
            "?" + (filters + [before.map { "before=\($0)" }]).compactMap(\.self).joined(separator: "&")
        }
        nextPath = next.map { "deployments\(address($0))" }
        refresh = hasActive ? address(query.before) : nil
    }
}

extension DeploymentListPage.Row {
    init(_ record: DeploymentRecord, targetName: String, now: Double) {
        deploymentID = record.id
        solutionName = record.solution?.name ?? record.reference.solutionID
        solutionVersion = record.solution?.version
        self.targetName = targetName
        state = record.replacedBy == nil ? record.state.rawValue : "removed"
        stateWord = record.replacedBy == nil ? StateWord.text(record.state.rawValue) : "Replaced"
        age = AgeText.text(of: record.created, at: now)
        created = TimeText.text(record.created)
        createdText = MomentText.text(record.created)
        ownerName = record.owner.name
        namespace = record.place?.namespace
        cluster = record.place?.server
    }
}
