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
        let id = manifest.id.debugDescription
        if !TargetLabel.isValid(manifest.id) {
            add("has the id \(id), a DNS-1035 label is expected", "choose lower-case letters, digits and dashes")
        }
        if manifest.id != note.id {
            add("has the id \(id), the note \(note.id.debugDescription)", "write the same id in target.note")
        }
        if manifest.version != note.version {
            let found = manifest.version.debugDescription
            add("has the version \(found), the note \(note.version.debugDescription)", "write the same in target.note")
        }
        if let other = taken[manifest.id] { problems.append(.duplicate(file, id: manifest.id, of: other)) }
        var names: Set<String> = []
        var before: [TargetOption] = []
        for option in manifest.options {
            let name = option.name.debugDescription
            if !TargetLabel.isValid(option.name) {
                add("has an option \(name), a name of lower-case letters, digits and dashes is expected", "rename it")
            }
            if !names.insert(option.name).inserted { add("has the option \(name) twice", "rename one of them") }
            if let problem = option.defaultValue.flatMap(option.problem) {
                add("has an option \(name) whose default cannot be used (\(problem))", "correct the default")
            }
            if let problem = option.appliesWhen.flatMap({ conditionProblem($0, before) }) {
                add("has an option \(name) with a condition that \(problem)", "correct appliesWhen")
            }
            if let attribute = option.userAttribute, !UserIdentity.attributes.contains(attribute) {
                let known = UserIdentity.attributes.map(\.rawValue).joined(separator: ", ")
                let asked = attribute.rawValue.debugDescription
                add("has an option \(name) that asks for the user's \(asked)", "ask for one of \(known)")
            }
            if option.userAttribute != nil, option.kind != .text {
                add("has an option \(name) about the user that is no text", "make it one")
            }
            before.append(option)
        }
        return problems
    }

    /// What is wrong with an option's condition; nil if nothing is.
    private static func conditionProblem(_ condition: OptionCondition, _ before: [TargetOption]) -> String? {
        let name = condition.option.debugDescription
        guard let other = before.first(where: { $0.name == condition.option }) else {
            return "names \(name), which is no option before it"
        }
        guard !other.isSecret else { return "names the secret option \(name)" }
        switch other.kind {
        case .choice, .boolean: break
        case .text, .document, .integer, .quantity: return "names \(name), which is neither a choice nor a boolean"
        }
        guard !condition.values.isEmpty else { return "has no value" }
        guard condition.values.allSatisfy({ other.problem(with: $0) == nil }) else {
            return "has a value that \(name) cannot have"
        }
        return nil
    }
}
