public import Passes

/// A target that knows good values for some options once it knows the solution.
public protocol Suggesting: DeploymentTarget {
    /// Values by option name, to fill a form with; the user may change them.
    func suggestions(for plan: SolutionPlan) -> [String: String]
}
