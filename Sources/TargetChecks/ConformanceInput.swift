public import TargetContract

/// What a target is checked with.
public struct ConformanceInput: Sendable {
    /// Whether the options lead to an environment.
    @frozen
    public enum Environment: String, Sendable, Codable, CaseIterable {
        /// Deployments may be made with these options, and succeed. So it is for a target that needs no environment.
        case ready
        /// The options lead nowhere, for instance to a port that nobody listens on: deployments must be refused.
        case unreachable
    }

    /// How long the target may take.
    public struct Deadlines: Sendable, Hashable {
        /// From a cancellation to the end of the work.
        public var cancellation: Duration = .seconds(2)
        /// For a refusal: of an option, of a plan, for want of an environment. Also for what makes no calls before
        /// that: starting, passes, suggestions.
        public var refusal: Duration = .seconds(20)
        /// For a deployment, and everything else.
        public var deployment: Duration = .seconds(300)

        /// Two seconds to cancel, 20 seconds to refuse, five minutes to deploy.
        public init() {}
    }

    /// As an administrator would write them.
    public var settings: TargetSettings
    /// As a user would give them. `{solution}` in a value stands for the name of the suite's solution, for targets whose
    /// deployments need places of their own: `checks-{solution}`. Options that are not here get what the target
    /// suggests for the solution.
    public var options: [String: String]
    /// Whether the options lead to an environment.
    public var environment: Environment
    /// Values that the options' kinds allow and the target must refuse, by the names of their options. Without any, odd
    /// texts are tried.
    public var impossibleOptions: [String: String] = [:]
    /// Texts that must appear nowhere, besides the values of secret options: for instance a password among the settings.
    public var secrets: [String] = []
    /// As `network.allow` of the configuration.
    public var allowedNetworks: [String] = []
    /// The image of every node; give one that can be pulled where the environment is a real one.
    public var nodeImage = "registry.example.org/conformance/node:1.0"
    /// The image of the orchestrator.
    public var orchestratorImage = "registry.example.org/conformance/orchestrator:1.0"
    /// How long the target may take.
    public var deadlines = Deadlines()

    /// Takes over the parts as they are.
    public init(
        settings: TargetSettings = TargetSettings(),
        options: [String: String] = [:],
        environment: Environment = .ready
    ) {
        self.settings = settings
        self.options = options
        self.environment = environment
    }
}

extension ConformanceInput {
    /// The options as they are for a solution.
    func options(for solution: String) -> [String: String] {
        options.mapValues { $0.replacing("{solution}", with: solution) }
    }

    /// What is given for an option, whichever solution it is for; empty where nothing is.
    func values(of option: String) -> Set<String> {
        Set(SampleSolution.allCases.compactMap { options(for: $0.rawValue)[option] })
    }
}
