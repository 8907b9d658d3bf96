/// A solution that cannot be deployed as it is: which node, which field, why, and what its author can do.
public struct Refusal: Error, Sendable, Hashable, CustomStringConvertible {
    /// The node as its author named it; nil where the whole solution is meant.
    public var node: String?
    /// The field of the blueprint or artifact, as it is written there.
    public var field: String
    /// What is wrong, as a sentence without a full stop.
    public var problem: String
    /// What the modeller can do, as a sentence without a full stop.
    public var remedy: String

    /// Takes over the parts as they are.
    public init(node: String?, field: String, problem: String, remedy: String) {
        self.node = node
        self.field = field
        self.problem = problem
        self.remedy = remedy
    }

    /// Node, field, problem and remedy, for people.
    public var description: String {
        let place = node.map { "node \"\($0)\", \(field)" } ?? field
        return "\(place): \(problem). \(remedy)."
    }
}
