public import Blueprints

/// A target that can say how a deployment is.
public protocol StatusReporting: DeploymentTarget {
    /// Looks at the environment once.
    /// - Throws: `TargetError` where the environment cannot be asked. Trouble of the deployment itself is a status.
    func status(of solution: SolutionReference, options: OptionValues) async throws -> DeploymentStatus
}

/// How a deployment is.
public struct DeploymentStatus: Sendable, Hashable, Codable {
    /// How a deployment or one of its nodes is.
    @frozen
    public enum State: String, Sendable, Codable {
        /// Nothing of the solution is there.
        case absent
        /// It is on its way, or on its way out.
        case progressing
        /// Everything is ready.
        case running
        /// At least one node will not become ready by itself.
        case failed
    }

    /// How the whole is.
    public var state: State
    /// The nodes in the order of their names, the orchestrator last.
    public var nodes: [Node]
    /// Pages to open.
    public var links: [DeploymentOutcome.Link]

    /// One container of the solution.
    public struct Node: Sendable, Hashable, Codable {
        /// Its name in the plan.
        public var name: String
        /// How it is.
        public var state: State
        /// Why it is in this state, in the environment's own words where it has any.
        public var reason: String?
        /// What to do about it, as a sentence without a full stop.
        public var remedy: String?

        /// Takes over the parts as they are.
        public init(name: String, state: State, reason: String? = nil, remedy: String? = nil) {
            self.name = name
            self.state = state
            self.reason = reason
            self.remedy = remedy
        }
    }

    /// Takes over the parts as they are.
    public init(state: State, nodes: [Node] = [], links: [DeploymentOutcome.Link] = []) {
        self.state = state
        self.nodes = nodes
        self.links = links
    }
}
