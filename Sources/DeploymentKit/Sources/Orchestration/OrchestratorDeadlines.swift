/// How long calls of an orchestrator may take, each from connecting to the last byte.
public struct OrchestratorDeadlines: Sendable, Hashable {
    /// For `get_status`.
    public var status: Duration
    /// For `initialize`, which compiles all protocol files: up to about a second for three of them.
    public var initialize: Duration
    /// For `run`.
    public var run: Duration

    /// Takes over the parts as they are.
    public init(status: Duration = .seconds(10), initialize: Duration = .seconds(120), run: Duration = .seconds(30)) {
        self.status = status
        self.initialize = initialize
        self.run = run
    }
}
