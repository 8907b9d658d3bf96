import Documents
import Glibc
import Synchronization
import TargetContract

/// The events of one run, in the order in which they came; shown while they come if wanted.
final class EventRecord: Sendable {
    /// Which events are printed to standard error as they come.
    enum Shown {
        case all, warnings, none
    }

    private let shown: Shown
    private let printer: ProgressPrinter?
    private let recorded = Mutex<[DeploymentEvent]>([])

    init(showing shown: Shown) {
        self.shown = shown
        printer = shown == .all ? ProgressPrinter(to: STDERR_FILENO) : nil
    }

    var events: [DeploymentEvent] { recorded.withLock { $0 } }

    /// Takes an event from any thread.
    func take(_ event: DeploymentEvent) {
        recorded.withLock { events in
            events.append(event)
            printer?.take(event)
            if shown == .warnings, event.kind == .warning { Terminal.show(EventLine(event)) }
        }
    }

    /// Nothing comes any more; what is written from now on goes below what was shown.
    func finish() { printer?.finish() }

    /// As a JSON array.
    /// - Throws: `EncodingError`, never in practice.
    func document() throws -> Document { try Document(encoding: events) }
}
