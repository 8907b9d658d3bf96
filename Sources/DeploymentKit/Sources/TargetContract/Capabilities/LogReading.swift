public import Blueprints

/// A target that can show what the containers of a deployment print.
public protocol LogReading: DeploymentTarget {
    /// Reads the logs of a solution's nodes.
    /// - Parameters:
    ///   - node: a node's name in the plan; nil for all.
    ///   - follow: goes on with new lines until the task is cancelled or the containers are gone.
    ///   - line: takes the lines, each node's in their order; may be called from any thread.
    /// - Throws: `TargetError`, for instance where nothing is deployed; `CancellationError`.
    func logs(
        of solution: SolutionReference,
        node: String?,
        follow: Bool,
        options: OptionValues,
        line: @escaping @Sendable (LogLine) -> Void
    ) async throws
}

/// A line that a container printed.
public struct LogLine: Sendable, Hashable, Codable {
    /// The node's name in the plan.
    public var node: String
    /// Without its line end.
    public var text: String

    /// Takes over the parts as they are.
    public init(node: String, text: String) {
        self.node = node
        self.text = text
    }
}
