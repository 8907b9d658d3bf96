/// The life of a deployment as pure transitions: what it is in, what can happen, and what it is in then.
///
/// ```
/// queued → fetching → planning → applying → waiting → starting → running | completed
/// queued → removing → removed
/// any of these in work → failed | cancelled | interrupted
/// any end → queued, with another operation
/// ```
struct DeploymentMachine: Hashable, Sendable {
    /// Where the deployment stands.
    private(set) var state = DeploymentState.queued
    /// What is being done, or was done last.
    private(set) var operation = DeploymentOperation.deploy

    init() {}

    /// A machine as it was stored.
    init(state: DeploymentState, operation: DeploymentOperation) {
        self.state = state
        self.operation = operation
    }

    /// What can happen to a deployment.
    enum Input: Hashable, Sendable {
        /// Somebody wants something done with a deployment that has ended.
        case requested(DeploymentOperation)
        /// It is its turn.
        case begun
        /// The work entered a phase.
        case reached(DeploymentState)
        /// The work came to its good end: `running`, `completed` or `removed`.
        case succeeded(DeploymentState)
        /// The work ended with an error.
        case failed
        /// The work ended because its user wanted so.
        case cancelled
        /// The work ended because the host did.
        case interrupted
    }

    /// Takes an input.
    /// - Returns: whether it means anything in this state; otherwise nothing has changed.
    mutating func take(_ input: Input) -> Bool {
        guard let next = next(after: input) else { return false }
        state = next
        if case .requested(let operation) = input { self.operation = operation }
        return true
    }

    /// The state after an input; nil where the input means nothing.
    private func next(after input: Input) -> DeploymentState? {
        switch input {
        case .requested(let operation): permits(operation) ? .queued : nil
        case .begun: state == .queued ? firstPhase : nil
        case .reached(let phase): follows(phase) ? phase : nil
        case .succeeded(let end): isAtWork && ends.contains(end) ? end : nil
        case .failed: state.isActive ? .failed : nil
        case .cancelled: state.isActive ? .cancelled : nil
        case .interrupted: state.isActive ? .interrupted : nil
        }
    }

    /// Whether something else can be done with the deployment now.
    func permits(_ operation: DeploymentOperation) -> Bool {
        guard !state.isActive else { return false }
        return switch operation {
        case .deploy: true
        case .rerun: state == .running
        case .undeploy: state != .removed
        }
    }

    private var isAtWork: Bool { state.isActive && state != .queued }

    private var firstPhase: DeploymentState { operation == .undeploy ? .removing : .fetching }

    private var ends: [DeploymentState] { operation == .undeploy ? [.removed] : [.running, .completed] }

    /// The phases of deploying, in their order.
    private static let phases: [DeploymentState] = [.fetching, .planning, .applying, .waiting, .starting]

    /// Phases only go forward; a target may leave some out.
    private func follows(_ phase: DeploymentState) -> Bool {
        guard isAtWork, let now = Self.phases.firstIndex(of: state), let then = Self.phases.firstIndex(of: phase) else {
            return false
        }
        return then > now
    }
}
