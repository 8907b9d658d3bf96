import Documents
import Synchronization
import TargetContract

/// The events of one run, in the order in which they came; shown while they come if wanted.
final class EventRecord: Sendable {
    /// Which events are printed to standard error as they come.
    enum Shown {
        case all, warnings, none
    }

    private let shown: Shown
    private let recorded = Mutex<[DeploymentEvent]>([])

    init(showing shown: Shown) { self.shown = shown }

    var events: [DeploymentEvent] { recorded.withLock { $0 } }

    /// Takes an event from any thread.
    func take(_ event: DeploymentEvent) {
        recorded.withLock { events in
            events.append(event)
            if shown == .all || shown == .warnings && event.kind == .warning { Terminal.say(EventLine(event)) }
        }
    }

    /// As a JSON array.
    /// - Throws: `EncodingError`, never in practice.
    func document() throws -> Document { try Document(encoding: events) }
}
