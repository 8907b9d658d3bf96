internal import Documents

/// Whose an object is, by its labels.
enum Ownership: Equatable {
    /// Of this solution, whatever its revision.
    case ours
    /// Made by this software for another solution, with that solution's id.
    case otherSolution(String)
    case foreign

    static let manager = "graphene-deployer"
    static let managedByLabel = "app.kubernetes.io/managed-by"
    static let solutionLabel = "graphene-deployer/solution-id"

    /// - Parameter solution: the value of the label for this solution.
    init(of object: Document, solution: String) {
        let labels = object["metadata"]?["labels"]
        guard labels?[Self.managedByLabel]?.string == Self.manager, let id = labels?[Self.solutionLabel]?.string else {
            self = .foreign
            return
        }
        self = id == solution ? .ours : .otherSolution(id)
    }

    /// A label selector for what belongs to a solution.
    static func selector(solution: String) -> String {
        "\(managedByLabel)=\(manager),\(solutionLabel)=\(solution)"
    }
}
