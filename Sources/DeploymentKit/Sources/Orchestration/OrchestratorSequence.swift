/// What to do next with an orchestrator, from what it says of itself. Pure.
///
/// A process that has seen any pipeline keeps what it loaded: it is restarted before another initialize, because a
/// second one answers `initialized` and runs with the modules of the first. `run` is never called twice.
@frozen
public enum OrchestratorSequence {
    @frozen
    public enum Step: Sendable, Hashable {
        /// Send the pipeline.
        case initialize
        /// Another call is under way in it; ask again.
        case wait
        /// Replace its pod; the text says why.
        case restart(String)
    }

    /// The step before initialize.
    public static func beginning(with status: OrchestratorStatus) -> Step {
        switch status.state {
        case .fresh: .initialize
        case .initializing: .wait
        case .initialized, .running: .restart("it holds a pipeline already")
        case .failed: .restart("it has failed before")
        case .unknown(let message): .restart("it says \"\(message.prefix(80))\"")
        }
    }

    /// What is wrong after initialize; nil if run can be called.
    /// - Parameters:
    ///   - answer: what initialize answered.
    ///   - status: what get_status says afterwards; nil for versions without it.
    ///   - operations: how many operations the blueprint lists.
    public static func objection(
        toInitialized answer: OrchestratorStatus,
        status: OrchestratorStatus?,
        operations: Int
    ) -> String? {
        if case .failed = answer.state { return answer.reason }
        guard let status else { return nil }
        guard case .initialized = status.state else { return "after initialize its state is \"\(status.reason)\"" }
        guard status.activeThreads == operations else {
            return "it set up \(status.activeThreads) of \(operations) operations"
        }
        return nil
    }

    /// What is wrong after run; nil if the pipeline runs.
    public static func objection(toRunning answer: OrchestratorStatus) -> String? {
        switch answer.state {
        case .running: nil
        // Versions before 1.3.
        case .unknown("success"): nil
        default: answer.reason
        }
    }
}
