import Documents
import Synchronization
import TargetContract

/// The events of one run, in the order in which they came; shown while they come if wanted.
final class EventRecord: Sendable {
    private let follow: Bool
    private let recorded = Mutex<[DeploymentEvent]>([])

    /// - Parameter follow: prints each event to standard error.
    init(follow: Bool) { self.follow = follow }

    var events: [DeploymentEvent] { recorded.withLock { $0 } }

    /// Takes an event from any thread.
    func take(_ event: DeploymentEvent) {
        recorded.withLock { events in
            events.append(event)
            if follow { Terminal.say(EventLine(event)) }
        }
    }

    /// As a JSON array.
    /// - Throws: `EncodingError`, never in practice.
    func document() throws -> Document { try Document(encoding: events) }
}
