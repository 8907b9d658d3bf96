/// Which options count, and with which values, before the values are checked. Pure.
///
/// - An option whose condition does not hold does not count: it is not required, and a value for it is set aside
///   unread, because a form sends all its fields.
/// - Where the option that a condition names was given no value, the values that were given for its dependants tell
///   what it is: with `kubeconfig` (while `access` is `kubeconfig`) nobody has to write `access=kubeconfig`. Its
///   default counts where that suits all of them. Values that no single one suits are a problem.
struct OptionSelection {
    /// The options that count, in the order of the manifest.
    private(set) var applying: [TargetOption] = []
    /// Their values, with defaults; empty texts count as none.
    private(set) var values: [String: String] = [:]
    private(set) var problems: [OptionProblems.Problem] = []

    init(_ given: [String: String], of options: [TargetOption]) {
        let given = given.filter { !$0.value.isEmpty }
        for option in options {
            if let condition = option.appliesWhen {
                guard let value = values[condition.option], condition.values.contains(value) else { continue }
            }
            applying.append(option)
            values[option.name] = given[option.name] ?? told(of: option, by: options, given) ?? option.defaultValue
        }
    }

    /// What the values of an option's dependants tell of it; nil where there are none or its default suits them.
    private mutating func told(
        of option: TargetOption,
        by options: [TargetOption],
        _ given: [String: String]
    ) -> String? {
        let dependants = options.filter { $0.appliesWhen?.option == option.name && given[$0.name] != nil }
        guard let first = dependants.first else { return nil }
        let wanted = dependants.compactMap(\.appliesWhen?.values)
        let suitable = wanted.dropFirst().reduce(wanted.first ?? []) { left, right in left.filter(right.contains) }
        if let value = option.defaultValue, suitable.contains(value) { return nil }
        if suitable.count == 1 { return suitable.first }
        let others = dependants.dropFirst().map(\.name)
        let text =
            suitable.isEmpty
            ? "does not go together with \(others.joined(separator: ", ")); give \(option.name)"
            : "counts only where \(option.name) is \(suitable.joined(separator: " or ")); give \(option.name)"
        problems.append(.init(option: first.name, text: text))
        return nil
    }
}
