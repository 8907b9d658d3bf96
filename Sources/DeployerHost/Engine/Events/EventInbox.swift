internal import Synchronization
internal import TargetContract

/// Takes a target's events from any thread; one that reports without end fills no store.
final class EventInbox: Sendable {
    private let mailbox = Mailbox<DeploymentEvent>()
    private let counts = Mutex((taken: 0, dropped: 0))
    private let limit: Int

    /// - Parameter limit: how many events are taken in all.
    init(limit: Int) { self.limit = limit }

    /// Takes an event.
    func put(_ event: DeploymentEvent) {
        let isWithinLimit = counts.withLock { counts in
            let isWithinLimit = counts.taken < limit
            if isWithinLimit { counts.taken += 1 } else { counts.dropped += 1 }
            return isWithinLimit
        }
        if isWithinLimit { mailbox.put(event) }
    }

    /// Nothing comes any more.
    func close() {
        let dropped = counts.withLock { $0.dropped }
        if dropped > 0 {
            mailbox.put(DeploymentEvent(.warning, text: "\(dropped) more events were reported than are kept"))
        }
        mailbox.close()
    }

    /// The events since the last call, waiting for the first; nil when no more will come.
    func next() async -> [DeploymentEvent]? { await mailbox.next() }
}
