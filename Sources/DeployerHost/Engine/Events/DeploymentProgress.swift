/// What a deployment's events come to: its phases and the states of its nodes. Of several attempts the last one counts.
struct DeploymentProgress: Sendable, Hashable {
    /// In the order in which they were entered.
    private(set) var phases: [Phase] = []
    /// The last that was heard of each node, by its name.
    private(set) var nodes: [String: NodeReport] = [:]
    private(set) var warnings: [StoredEvent] = []

    /// A time in which one thing was done.
    struct Phase: Sendable, Hashable {
        var state: String
        var text: String
        /// Seconds since 1970.
        var started: Double
        /// Nil for what goes on.
        var ended: Double?
    }

    /// How a node was when it was last heard of.
    struct NodeReport: Sendable, Hashable {
        var state: String
        var text: String
        var remedy: String?
        var logs: [String]
        /// Since when it is in this state.
        var since: Double
    }

    init(_ events: some Sequence<StoredEvent>) {
        for event in events { take(event) }
    }

    /// Takes the next event.
    mutating func take(_ event: StoredEvent) {
        switch event.kind {
        case StoredEvent.stateKind where event.state == DeploymentState.queued.rawValue:
            self = DeploymentProgress([])
            enter(event)
        case StoredEvent.stateKind: endPhase(at: event.time)
        case "phase": enter(event)
        case "node-state": takeNode(event)
        case "warning": warnings.append(event)
        default: break
        }
    }

    private mutating func enter(_ event: StoredEvent) {
        endPhase(at: event.time)
        phases.append(Phase(state: event.state ?? "", text: event.text, started: event.time))
    }

    private mutating func endPhase(at time: Double) {
        guard let last = phases.indices.last, phases[last].ended == nil else { return }
        phases[last].ended = time
    }

    private mutating func takeNode(_ event: StoredEvent) {
        guard let node = event.node, let state = event.state else { return }
        let before = nodes[node]
        let since = before?.state == state ? before?.since ?? event.time : event.time
        let logs = event.logs ?? (before?.state == state ? before?.logs ?? [] : [])
        nodes[node] = NodeReport(state: state, text: event.text, remedy: event.remedy, logs: logs, since: since)
    }
}
