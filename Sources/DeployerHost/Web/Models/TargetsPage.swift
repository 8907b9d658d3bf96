internal import Documents
internal import TargetContract

/// The targets of the host, for administrators.
struct TargetsPage: PageContent {
    static let template = "targets"
    var pageTitle: String { "Targets" }
    var section: PageSection? { .targets }

    let root: String
    let hasTargets: Bool
    let targets: [Target]
    let hasRejected: Bool
    let rejected: [Rejected]
    /// What became of the last change of the configuration; nil where there is nothing to tell.
    let configurationNotice: ConfigurationNotice?

    struct Target: Sendable {
        let targetID: String
        let targetName: String
        let targetVersion: String
        let targetSummary: String
        let moduleFile: String
        let contract: String
        /// Where its code runs.
        let isolationWord: String
        /// Why nothing is done with it any more.
        let quarantined: String?
        let optionCount: String
        let isDefault: Bool
        let isDraining: Bool
        let accessText: String
        let hasLimits: Bool
        let limits: [Setting]
        let hasCapabilities: Bool
        let capabilities: [String]
        let hasSettings: Bool
        let settings: [Setting]
    }

    struct Setting: Sendable {
        let settingName: String
        let settingValue: String
    }

    struct Rejected: Sendable {
        let rejectedModule: String
        let stage: String
        let reason: String
    }

    init(_ deployer: Deployer, setting: PageSetting) {
        let registry = deployer.targets
        root = setting.root
        targets = registry.known.map { Target($0, isDefault: $0.manifest.id == registry.defaultID) }
        configurationNotice = ConfigurationNotice(deployer.reload)
        hasTargets = !targets.isEmpty
        rejected = registry.rejected.map { module in
            Rejected(rejectedModule: module.module, stage: module.stage.rawValue, reason: module.sentence)
        }
        hasRejected = !rejected.isEmpty
    }
}

extension TargetsPage {
    /// What an administrator has to know of the configuration.
    struct ConfigurationNotice: Sendable {
        let readAt: String
        let readText: String
        let isRefused: Bool
        let problems: [String]
        let needsRestart: Bool
        let restartKeys: [String]
        let changedModules: [String]
        let warnings: [String]

        init?(_ status: ReloadStatus) {
            guard let time = status.time else { return nil }
            readAt = TimeText.text(time)
            readText = MomentText.text(time)
            problems = status.problems
            isRefused = !problems.isEmpty
            restartKeys = status.restartKeys
            changedModules = status.changedModules
            needsRestart = status.needsRestart
            warnings = status.warnings
        }
    }
}

extension TargetsPage.Target {
    init(_ target: LoadedTarget, isDefault: Bool) {
        let manifest = target.manifest
        targetID = manifest.id
        targetName = manifest.name
        targetVersion = manifest.version
        targetSummary = manifest.summary
        moduleFile = target.file
        contract = "version \(target.contract)"
        isolationWord = target.isolation == .host ? "in the host's process" : "in processes of its own"
        quarantined = target.quarantineReason
        let required = target.askedOptions.count(where: \.isRequired)
        optionCount = "\(target.askedOptions.count) options, \(required) of them required"
        self.isDefault = isDefault
        isDraining = target.isDraining
        accessText = Self.text(of: target.access)
        limits = Self.rows(of: target.limits)
        hasLimits = !limits.isEmpty
        hasCapabilities = !manifest.capabilities.isEmpty
        capabilities = manifest.capabilities
        let values = target.configured?.settings.values ?? DocumentObject()
        settings = values.members.map { member in
            TargetsPage.Setting(settingName: member.key, settingValue: Self.shown(member.value, named: member.key))
        }
        hasSettings = !settings.isEmpty
    }

    private static func text(of access: TargetAccess?) -> String {
        guard let access else { return "everybody who is signed in" }
        let lists = [("the roles", access.roles), ("the users", access.users)].filter { !$0.1.isEmpty }
        return lists.map { "\($0) \($1.joined(separator: ", "))" }.joined(separator: "; ")
    }

    private static func rows(of limits: TargetLimits) -> [TargetsPage.Setting] {
        let rows: [(String, String?)] = [
            ("concurrent", limits.concurrent.map { "\($0) at once" }),
            ("namespaces", limits.namespaces?.map(\.text).joined(separator: ", ")),
            ("registries", limits.registries?.map(\.description).joined(separator: ", ")),
            ("nodes", limits.nodes.map { "\($0) at most" }),
        ]
        return rows.compactMap { name, value in
            value.map { TargetsPage.Setting(settingName: name, settingValue: $0) }
        }
    }

    /// The host cannot know which settings of a module are secret, so that whatever is called like one is.
    private static func shown(_ value: Document, named name: String) -> String {
        let lowered = name.lowercased()
        let secretWords = ["password", "secret", "token", "key", "credential"]
        guard !secretWords.contains(where: lowered.contains) else { return "<redacted>" }
        guard value.object == nil else {
            let members = value.object?.members ?? []
            return members.map { "\($0.key): \(shown($0.value, named: $0.key))" }.joined(separator: ", ")
        }
        if let elements = value.array { return elements.map { shown($0, named: name) }.joined(separator: ", ") }
        return value.string ?? value.jsonText()
    }
}
