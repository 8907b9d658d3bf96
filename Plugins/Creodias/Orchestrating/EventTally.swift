internal import Orchestration
internal import TargetContract

/// Tells what the orchestrator's events say: ends of threads one by one, the rest as numbers.
final class EventTally {
    private let report: EventReporter
    private var counts: [String: Int] = [:]
    /// Components of which a call was answered.
    private var answered: Set<String> = []
    private var ended: [OrchestratorEvent] = []

    init(report: @escaping EventReporter) { self.report = report }

    func take(_ event: OrchestratorEvent) {
        counts[event.name, default: 0] += 1
        switch event.name {
        case "RPC.finished", "distributing output message", "distributing streaming output":
            answered.insert(event.component)
        case "thread.terminate":
            ended.append(event)
            let text = "a thread of the pipeline has ended: \(event.component) \(detail(of: event))"
            report(DeploymentEvent(.warning, node: event.operation?.container, text: text))
        case "exception":
            report(DeploymentEvent(.warning, text: "the orchestrator reports an exception: \(detail(of: event))"))
        default: break
        }
    }

    /// A node whose thread has ended although none of its calls was ever answered: it could not be reached. A thread
    /// that has come to the end of its data is none.
    var unreached: String? {
        ended.first { !answered.contains($0.component) }.map { $0.operation?.container ?? $0.component }
    }

    func finish() {
        let told = counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        report(DeploymentEvent(.information, text: "the orchestrator reports " + (told.isEmpty ? "no events" : told)))
    }

    private func detail(of event: OrchestratorEvent) -> String {
        event.detail.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.prefix(300))" }.joined(separator: ", ")
    }
}
