internal import TargetContract

/// What is wrong with a form that was sent, at the top of the page that comes back.
struct ProblemSummary: Sendable {
    let problemTitle: String
    var problemDetail: String?
    var hasProblems = false
    var problems: [Entry] = []
    var problemRemedy: String?
    var problemDeployment: String?

    struct Entry: Sendable {
        /// The id of the field; nil for what is about none.
        let problemField: String?
        let problemLabel: String
        let problemText: String
    }

    /// Options that cannot be used.
    init(_ error: OptionProblems, options: [TargetOption]) {
        let count = error.problems.count
        problemTitle = count == 1 ? "One option needs your attention" : "\(count) options need your attention"
        hasProblems = true
        problems = error.problems.map { problem in
            let option = options.first { $0.name == problem.option }
            return Entry(
                problemField: option.map { OptionField.id(of: $0.name) },
                problemLabel: option?.label ?? problem.option,
                problemText: option == nil ? "\(problem.option): \(problem.text)" : problem.text
            )
        }
    }

    /// Anything else.
    init(_ problem: Problem) {
        problemTitle = problem.title
        problemDetail = problem.detail
        problemRemedy = problem.remedy
        problemDeployment = problem.deployment
    }
}
