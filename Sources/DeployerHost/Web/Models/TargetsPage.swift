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

    init(_ registry: TargetRegistry, configuration: Configuration, setting: PageSetting) {
        root = setting.root
        targets = registry.loaded.map { target in
            let settings = configuration.targets.first { $0.module == target.module }?.settings ?? TargetSettings()
            return Target(target, settings: settings, isDefault: target.manifest.id == registry.defaultID)
        }
        hasTargets = !targets.isEmpty
        rejected = registry.rejected.map { module in
            Rejected(rejectedModule: module.module, stage: module.stage.rawValue, reason: module.sentence)
        }
        hasRejected = !rejected.isEmpty
    }
}

extension TargetsPage.Target {
    init(_ target: LoadedTarget, settings: TargetSettings, isDefault: Bool) {
        let manifest = target.manifest
        targetID = manifest.id
        targetName = manifest.name
        targetVersion = manifest.version
        targetSummary = manifest.summary
        moduleFile = target.file
        contract = "version \(target.contract)"
        isolationWord = target.isolation == .host ? "in the host's process" : "in processes of its own"
        quarantined = target.quarantineReason
        let required = manifest.options.count(where: \.isRequired)
        optionCount = "\(manifest.options.count) options, \(required) of them required"
        self.isDefault = isDefault
        hasCapabilities = !manifest.capabilities.isEmpty
        capabilities = manifest.capabilities
        self.settings = settings.values.members.map { member in
            TargetsPage.Setting(settingName: member.key, settingValue: Self.shown(member.value, named: member.key))
        }
        hasSettings = !self.settings.isEmpty
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
