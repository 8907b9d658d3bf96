import ContractVersions
import TargetContract

/// What the host asks of a manifest.
enum ManifestRules {
    /// All that is wrong with the manifest of a module.
    /// - Parameter taken: the files of the targets that are loaded already, by id.
    static func problems(
        _ manifest: TargetManifest, of file: String, note: ModuleNote, taken: [String: String]
    ) -> [ModuleProblem] {
        var problems: [ModuleProblem] = []
        func add(_ finding: String, _ remedy: String) {
            problems.append(.manifest(file, finding, remedy: remedy))
        }
        for problem in manifest.problems { add(problem.finding, problem.remedy) }
        if manifest.id != note.id {
            let found = manifest.id.debugDescription
            add("has the id \(found), the note \(note.id.debugDescription)", "write the same id in target.note")
        }
        if manifest.version != note.version {
            let found = manifest.version.debugDescription
            add("has the version \(found), the note \(note.version.debugDescription)", "write the same in target.note")
        }
        if let other = taken[manifest.id] { problems.append(.duplicate(file, id: manifest.id, of: other)) }
        for option in manifest.options {
            guard let attribute = option.userAttribute, !UserIdentity.attributes.contains(attribute) else { continue }
            let known = UserIdentity.attributes.map(\.rawValue).joined(separator: ", ")
            let asked = "has an option \(option.name.debugDescription) that asks for the user's "
            add(asked + attribute.rawValue.debugDescription, "ask for one of \(known)")
        }
        return problems
    }
}
