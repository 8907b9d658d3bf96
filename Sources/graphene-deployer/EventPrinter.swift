import Documents
import Synchronization
import TargetContract

/// Keeps the events of a deployment and prints them if asked to.
final class EventPrinter: Sendable {
    private let events = Mutex<[DeploymentEvent]>([])
    private let isLive: Bool

    /// - Parameter isLive: whether each event is printed to standard error as it comes; otherwise only warnings are.
    init(isLive: Bool) { self.isLive = isLive }

    func take(_ event: DeploymentEvent) {
        events.withLock { $0.append(event) }
        if isLive || event.kind == .warning { Terminal.say(Self.line(event)) }
    }

    var all: [DeploymentEvent] { events.withLock(\.self) }

    private static func line(_ event: DeploymentEvent) -> String {
        switch event.kind {
        case .phase: "== \(event.text)"
        case .nodeState: "\(event.node ?? ""): \(event.state ?? ""), \(event.text)"
        case .warning: "warning: " + (event.node.map { "\($0): " } ?? "") + event.text
        case .link: "\(event.text): \(event.url ?? "")"
        default: (event.node.map { "\($0): " } ?? "") + event.text
        }
    }

    /// What has been made so far, for whoever interrupted the work.
    func farewell() {
        let made = all.filter { $0.kind == .information }.map(\.text)
        Terminal.say("interrupted" + (made.isEmpty ? "; nothing was changed" : "; what was done stays:"))
        made.forEach { Terminal.say("  \($0)") }
    }
}
