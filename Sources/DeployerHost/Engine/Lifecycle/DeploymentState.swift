/// Where a deployment stands.
enum DeploymentState: String, CaseIterable, Sendable, Codable {
    /// It waits for its turn.
    case queued
    /// The solution is read from the catalogue.
    case fetching
    /// The solution is prepared, and the environment looked at; nothing is written yet.
    case planning
    /// Objects are made or changed.
    case applying
    /// What was made has to become ready.
    case waiting
    /// The pipeline is initialised and started.
    case starting
    /// What was deployed is taken away.
    case removing

    /// The solution runs in its environment.
    case running
    /// The target handed something over and has nothing to watch.
    case completed
    /// What was deployed has been taken away.
    case removed
    /// It ended with an error.
    case failed
    /// Its user ended it.
    case cancelled
    /// The host ended before the work did.
    case interrupted

    /// Whether work goes on, or waits for its turn.
    var isActive: Bool {
        switch self {
        case .queued, .fetching, .planning, .applying, .waiting, .starting, .removing: true
        case .running, .completed, .removed, .failed, .cancelled, .interrupted: false
        }
    }
}

/// What is done with a deployment.
enum DeploymentOperation: String, CaseIterable, Sendable, Codable {
    /// The solution is brought to the target.
    case deploy
    /// A pipeline that is deployed is started from its beginning.
    case rerun
    /// What was deployed is taken away.
    case undeploy
}
