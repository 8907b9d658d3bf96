internal import ContractVersions

/// Something that keeps a manifest from being used.
public struct ManifestProblem: Sendable, Hashable, Codable {
    /// What was found and what is expected, as a phrase that follows `the manifest of …`.
    public var finding: String
    /// What to do, as a phrase.
    public var remedy: String

    /// Takes over the parts as they are.
    public init(finding: String, remedy: String) {
        self.finding = finding
        self.remedy = remedy
    }
}

extension TargetManifest {
    /// All that a host would refuse the manifest for.
    public var problems: [ManifestProblem] {
        var problems: [ManifestProblem] = []
        func add(_ finding: String, _ remedy: String) {
            problems.append(ManifestProblem(finding: finding, remedy: remedy))
        }
        if !TargetLabel.isValid(id) {
            add(
                "has the id \(id.debugDescription), a DNS-1035 label is expected",
                "choose lower-case letters, digits and dashes"
            )
        }
        var before: [TargetOption] = []
        for option in options {
            let name = option.name.debugDescription
            if !TargetLabel.isValid(option.name) {
                add("has an option \(name), a name of lower-case letters, digits and dashes is expected", "rename it")
            }
            if before.contains(where: { $0.name == option.name }) {
                add("has the option \(name) twice", "rename one of them")
            }
            if let problem = option.defaultValue.flatMap(option.problem) {
                add("has an option \(name) whose default cannot be used (\(problem))", "correct the default")
            }
            if let problem = option.appliesWhen?.problem(after: before) {
                add("has an option \(name) with a condition that \(problem)", "correct appliesWhen")
            }
            if option.userAttribute != nil, option.kind != .text {
                add("has an option \(name) about the user that is no text", "make it one")
            }
            before.append(option)
        }
        return problems
    }
}

extension OptionCondition {
    /// What is wrong with the condition of an option that stands behind these; nil if nothing is.
    fileprivate func problem(after before: [TargetOption]) -> String? {
        let name = option.debugDescription
        guard let other = before.first(where: { $0.name == option }) else {
            return "names \(name), which is no option before it"
        }
        guard !other.isSecret else { return "names the secret option \(name)" }
        switch other.kind {
        case .choice, .boolean: break
        case .text, .document, .integer, .quantity: return "names \(name), which is neither a choice nor a boolean"
        }
        guard !values.isEmpty else { return "has no value" }
        guard values.allSatisfy({ other.problem(with: $0) == nil }) else {
            return "has a value that \(name) cannot have"
        }
        return nil
    }
}
