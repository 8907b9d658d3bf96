internal import TargetContract

extension LoadedTarget {
    /// The options that users are asked for.
    var askedOptions: [TargetOption] { manifest.options.filter { $0.userAttribute == nil } }

    /// Values of options, with what the target wants to know of its user: out of the token, and from nowhere else.
    /// - Throws: `OptionProblems` where somebody else gave such a value.
    func completed(_ given: [String: String], for user: UserIdentity) throws(OptionProblems) -> [String: String] {
        try requireAsked(given)
        return filled(given, for: user)
    }

    /// The same for a deployment that is there: it stays its owner's, whoever does something with it, and what was filled
    /// in when it was made stays as well.
    func completed(
        _ given: [String: String],
        of record: DeploymentRecord,
        for user: UserIdentity
    ) throws(OptionProblems) -> [String: String] {
        try requireAsked(given)
        let all = record.options.merging(given) { _, new in new }
        guard record.owner.id == user.userID else { return all }
        return filled(all, for: user).merging(all) { _, kept in kept }
    }

    private func filled(_ values: [String: String], for user: UserIdentity) -> [String: String] {
        var values = values
        for option in manifest.options {
            guard let attribute = option.userAttribute else { continue }
            values[option.name] = user.value(of: attribute)
        }
        return values
    }

    private func requireAsked(_ given: [String: String]) throws(OptionProblems) {
        let names = manifest.options.filter { $0.userAttribute != nil && given[$0.name] != nil }.map(\.name)
        guard names.isEmpty else {
            let text = "is taken from your sign-in and cannot be given"
            throw OptionProblems(problems: names.map { .init(option: $0, text: text) })
        }
    }
}
