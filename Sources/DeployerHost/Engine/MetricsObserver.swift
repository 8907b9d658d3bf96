internal import Synchronization

/// Counts what becomes of deployments.
final class MetricsObserver: DeploymentObserver {
    private let metrics: HostMetrics
    /// The phase that each active deployment is in, and since when.
    private let phases = Mutex<[String: (phase: String, since: Double)]>([:])

    init(_ metrics: HostMetrics) { self.metrics = metrics }

    func observe(_ event: StoredEvent, of record: DeploymentRecord) {
        guard event.kind == "phase" || event.kind == StoredEvent.stateKind, let state = event.state else { return }
        let isOver = DeploymentState(rawValue: state)?.isActive == false
        let before = phases.withLock { phases in
            defer { phases[record.id] = isOver ? nil : (state, event.time) }
            return phases[record.id]
        }
        if let before, let phase = DeploymentState(rawValue: before.phase) {
            metrics.phaseEnded(target: record.target, phase: phase, seconds: event.time - before.since)
        }
        if isOver, let end = DeploymentState(rawValue: state) {
            metrics.deploymentEnded(target: record.target, state: end)
        }
    }
}
