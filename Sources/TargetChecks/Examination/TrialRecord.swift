internal import Passes
internal import Synchronization
internal import TargetContract

/// All that was called in the course of an examination, and all that the target wrote to the log.
final class TrialRecord: Sendable {
    private struct State {
        var trials: [Trial] = []
        var lines: [String] = []
        var readings: Set<OptionReading> = []
        var deployments: [MadeDeployment] = []
        var unsupported: Set<String> = []
    }

    private let state = Mutex(State())

    /// The calls in their order.
    var trials: [Trial] { state.withLock(\.trials) }
    /// The lines of the log.
    var lines: [String] { state.withLock(\.lines) }
    /// What the target asked of its options.
    var readings: Set<OptionReading> { state.withLock(\.readings) }
    /// What may still be deployed, in the order in which it was.
    var deployments: [MadeDeployment] { state.withLock(\.deployments) }
    /// The names of the solutions that were refused as something that the environment cannot do.
    var unsupported: Set<String> { state.withLock(\.unsupported) }
    /// The first call that has not ended.
    var unfinishedCall: String? { trials.first(where: \.isUnfinished)?.call }

    func add(_ trial: Trial) { state.withLock { $0.trials.append(trial) } }
    func add(line: String) { state.withLock { $0.lines.append(line) } }
    func add(_ reading: OptionReading) { state.withLock { _ = $0.readings.insert(reading) } }

    /// Notes what a call that makes plans of the suite says of one.
    func noteSupport(_ plan: SolutionPlan, _ trial: Trial) {
        if trial.isUnsupported { state.withLock { _ = $0.unsupported.insert(plan.name) } }
    }

    /// Notes what may be there after a plan was deployed. What was refused for its options or as unsupported has left
    /// nothing.
    func noteDeploying(_ plan: SolutionPlan, _ changes: [String: String], _ trial: Trial) {
        let code = (trial.error as? TargetError)?.code
        guard !(trial.error is OptionProblems), code != .invalidOption, code != .unsupported else { return }
        state.withLock { state in
            let made = MadeDeployment(plan: plan, changes: changes, isCertain: trial.outcome != nil)
            if let index = state.deployments.firstIndex(where: { $0.isSame(as: made) }) {
                state.deployments[index].isCertain = state.deployments[index].isCertain || made.isCertain
            } else {
                state.deployments.append(made)
            }
        }
    }

    /// Notes that a plan was taken away, or may have been in part. The same with other options may have been one with
    /// it.
    func noteUndeploying(_ plan: SolutionPlan, _ changes: [String: String], _ trial: Trial) {
        guard trial.isReturned || trial.isCancelled || trial.isUnfinished else { return }
        state.withLock { state in
            let taken = MadeDeployment(plan: plan, changes: changes, isCertain: false)
            if trial.isReturned { state.deployments.removeAll { $0.isSame(as: taken) } }
            for index in state.deployments.indices where state.deployments[index].plan.name == plan.name {
                state.deployments[index].isCertain = false
            }
        }
    }

    /// Whether a plan is deployed with the given options for certain.
    func isDeployed(_ plan: SolutionPlan, _ changes: [String: String] = [:]) -> Bool {
        let looked = MadeDeployment(plan: plan, changes: changes, isCertain: true)
        return deployments.contains { $0.isSame(as: looked) && $0.isCertain }
    }

    /// What the host would do for the target.
    func services(allowing networks: [String]) -> TargetServices {
        TargetServices(allowedNetworks: networks) { [self] _, text in add(line: text) }
    }
}
