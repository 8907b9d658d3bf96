/// Finds in the events of deployments when work began and when it ended, each once for each time that it was asked for.
///
/// Targets may report events of any kind, so that the deployment's own state decides.
struct DeploymentMilestones {
    /// What the platform wants to know.
    enum Milestone: Sendable, Hashable {
        case began
        case ended
    }

    private enum Stage {
        case waiting
        case working
    }

    private var stages: [String: Stage] = [:]

    /// What an event means; nil for most of them.
    /// - Parameter record: the deployment with the event behind it.
    mutating func take(_ event: StoredEvent, of record: DeploymentRecord) -> Milestone? {
        guard event.state == record.state.rawValue else { return nil }
        switch (event.kind, record.state.isActive) {
        case (StoredEvent.stateKind, true):
            if record.state == .queued { stages[record.id] = .waiting }
            return nil
        case (StoredEvent.stateKind, false):
            return stages.removeValue(forKey: record.id) == nil ? nil : .ended
        case ("phase", true):
            guard stages[record.id] == .waiting else { return nil }
            stages[record.id] = .working
            return .began
        default:
            return nil
        }
    }
}
