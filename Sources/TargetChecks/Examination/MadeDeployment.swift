internal import Passes

/// What the suite has deployed, or begun to.
struct MadeDeployment: Sendable {
    let plan: SolutionPlan
    /// The options that were not as given.
    let changes: [String: String]
    /// Whether all of it is there: it was deployed, and nobody has begun to take it away.
    var isCertain: Bool

    /// Whether it is the same plan with the same options.
    func isSame(as other: MadeDeployment) -> Bool { plan.name == other.plan.name && changes == other.changes }
}
