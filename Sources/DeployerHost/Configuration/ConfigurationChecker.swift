internal import Documents
internal import Files
internal import TargetContract

/// Checks of a configuration that go beyond the shape of its keys, without opening a socket or calling a server.
public enum ConfigurationChecker {
    /// - Throws: `ConfigurationProblems` with everything that would keep a host from starting or a target from loading.
    public static func check(_ configuration: Configuration) throws(ConfigurationProblems) {
        var problems: [ConfigurationProblem] = []
        do {
            try DeployerServer.checkIdentity(of: configuration)
        } catch {
            problems += error.problems
        }
        do {
            _ = try CatalogueFactory.make(configuration.catalogue)
            if let folder = configuration.catalogue.directory, SealedFolder(folder) == nil {
                problems.append(
                    ConfigurationProblem(
                        key: "catalogue.directory", text: "is \(folder), which is no folder that can be read")
                )
            }
        } catch {
            problems += error.problems
        }
        let targets = TargetRegistry(configuration: configuration) { _, _ in }
        for module in targets.rejected {
            let index = configuration.targets.firstIndex { $0.module == module.module } ?? 0
            let path = DocumentPath([.key("targets"), .index(index)] + keys(of: module.stage))
            problems.append(ConfigurationProblem(at: path, text: module.sentence))
        }
        for target in targets.loaded where configuration.entry(of: target) == .immediate {
            guard let option = target.unansweredOptions.first else { continue }
            let index = configuration.targets.firstIndex { $0.module == target.module } ?? 0
            let path = DocumentPath([.key("targets"), .index(index), .key("entry")])
            let text = "is immediate, and users have to be asked for the option \(option); leave it at page"
            problems.append(ConfigurationProblem(at: path, text: text))
        }
        if targets[targets.defaultID] == nil {
            let known = targets.loaded.map(\.manifest.id).joined(separator: ", ")
            problems.append(
                ConfigurationProblem(
                    key: "defaultTarget",
                    text:
                        "is \(targets.defaultID), and no enabled target has that id; loaded are \(known.isEmpty ? "none" : known)"
                )
            )
        }
        guard problems.isEmpty else { throw ConfigurationProblems(problems: problems).located(in: configuration) }
    }

    /// The key of a target that a stage of loading is about.
    private static func keys(of stage: LoadStage) -> [DocumentPath.Step] {
        switch stage {
        case .digest: [.key("sha256")]
        case .start: [.key("settings")]
        case .limits: [.key("limits"), .key("namespaces")]
        default: [.key("module")]
        }
    }
}
