/// In which state an orchestrator is, as far as it tells.
@frozen public enum OrchestratorState: Sendable, Hashable {
    /// Nothing was initialized since the process began.
    case fresh
    /// Somebody's `initialize` is under way.
    case initializing
    case initialized
    /// `run` was called. Proves nothing about the threads: one that dies does not change the state.
    case running
    /// The last call failed, with the orchestrator's text.
    case failed(String)
    /// A version before 1.3: it has no `get_status`, and its answers say nothing about the state.
    case legacy
    /// The serial orchestrator, which has another interface.
    case serial
    /// A text that no known version writes.
    case unknown(String)
}

/// What an orchestrator answers to `initialize`, `run` and `get_status`.
public struct OrchestratorStatus: Sendable, Hashable {
    /// 0, or -1 after a failure.
    public var code: Int
    /// The orchestrator's text, verbatim.
    public var message: String
    /// The number of operations, not of living threads. Filled in by `get_status` only.
    public var activeThreads: Int
    /// What code and message tell of the state.
    public var state: OrchestratorState

    /// Recognises the state by code and message; the field `success` is never true in versions from 1.3 on.
    public init(code: Int, message: String, activeThreads: Int) {
        self.code = code
        self.message = message
        self.activeThreads = activeThreads
        state =
            switch (code, message) {
            case (0, "not initialized"): .fresh
            case (0, "initializing..."): .initializing
            case (0, "initialized"): .initialized
            case (0, "running"): .running
            case (0, ""), (0, "success"): .legacy
            case (0, _): .unknown(message)
            default: .failed(message)
            }
    }

    /// A state that is known in another way than by an answer.
    init(state: OrchestratorState) {
        self.init(code: 0, message: "", activeThreads: 0)
        self.state = state
    }
}
