/// The order in which a pipeline is handed over to an orchestrator. Pure: a status in, the next step out.
///
/// An orchestrator takes one pipeline in the life of its process: a second `initialize` may hang it up or run with
/// stale code, and a second `run` fails. So whatever is not fresh is restarted, and nothing is tried twice.
///
///     before all  → status     → initialize
///     initialized → reply      → confirm (ask for the status)
///     confirm     → status     → run
///     run         → reply      → done
public struct OrchestratorSequence: Sendable, Hashable {
    /// What has answered.
    @frozen public enum Moment: Sendable, Hashable {
        /// `get_status`, before anything was done.
        case beforehand
        /// `initialize`.
        case initialized
        /// `get_status`, after `initialize`.
        case confirmed
        /// `run`.
        case started
    }

    /// What is to be done.
    @frozen public enum Step: Sendable, Hashable {
        case initialize
        /// Ask for the status.
        case confirm
        case run
        /// Restart the orchestrator's pod, wait until its port accepts, and begin again.
        case restartPod(reason: String)
        case done
        case fail(reason: String, remedy: String)
    }

    /// How many operations the pipeline has: so many threads are expected.
    public var operations: Int
    /// Whether the orchestrator's process has begun for this deployment, or was restarted for it.
    public var isProcessNew: Bool

    /// Takes over the parts as they are.
    public init(operations: Int, isProcessNew: Bool) {
        self.operations = operations
        self.isProcessNew = isProcessNew
    }

    /// What is to be done now that this has answered with that status.
    public func step(after moment: Moment, _ status: OrchestratorStatus) -> Step {
        if case .failed(let text) = status.state, moment != .beforehand { return failure(moment, text) }
        return switch (moment, status.state) {
        case (_, .serial): Self.serial
        case (.beforehand, .fresh): .initialize
        case (.beforehand, .legacy) where isProcessNew: .initialize
        case (.beforehand, _): restart(status)
        case (.initialized, .initialized): .confirm
        case (.initialized, .legacy): .run
        case (.confirmed, .initialized): confirmed(status.activeThreads)
        case (.started, .running), (.started, .legacy): .done
        default: unexpected(status)
        }
    }

    private static let serial = Step.fail(
        reason: "this is the serial orchestrator, which has another interface",
        remedy: "Use the generic parallel orchestrator, version 1.3 or later"
    )

    private func restart(_ status: OrchestratorStatus) -> Step {
        let words = status.state == .legacy ? "a version before 1.3, which does not tell its state" : status.message
        guard isProcessNew else { return .restartPod(reason: "the orchestrator is not fresh: \(words)") }
        return .fail(
            reason: "a new orchestrator is not fresh: \(words)",
            remedy: "Find out who else uses this orchestrator; each deployment needs its own"
        )
    }

    private func confirmed(_ threads: Int) -> Step {
        guard threads != operations else { return .run }
        return .fail(
            reason: "the orchestrator has set up \(threads) of \(operations) operations",
            remedy: "Compare the operations of the blueprint with the services of the protocol files"
        )
    }

    private func failure(_ moment: Moment, _ text: String) -> Step {
        let call = moment == .started ? "run" : "initialize"
        return .fail(
            reason: "the orchestrator reports a failure of \(call): \(text)",
            remedy: "Correct what its last line names in the blueprint or the protocol files, and deploy again"
        )
    }

    private func unexpected(_ status: OrchestratorStatus) -> Step {
        .fail(
            reason: "the orchestrator is in an unexpected state: \(status.message)",
            remedy: "Find out who else uses this orchestrator; each deployment needs its own"
        )
    }
}
