internal import Orchestration
internal import TargetContract

/// Tells what the orchestrator's events say: ends of threads one by one, the rest as numbers.
final class EventTally {
    private let report: EventReporter
    private var counts: [String: Int] = [:]

    init(report: @escaping EventReporter) { self.report = report }

    func take(_ event: OrchestratorEvent) {
        counts[event.name, default: 0] += 1
        let detail = event.detail.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.prefix(300))" }.joined(
            separator: ", ")
        switch event.name {
        case "thread.terminate":
            let text = "a thread of the pipeline has ended: \(event.component) \(detail)"
            report(DeploymentEvent(.warning, node: event.operation?.container, text: text))
        case "exception":
            report(DeploymentEvent(.warning, text: "the orchestrator reports an exception: \(detail)"))
        default: break
        }
    }

    func finish() {
        let told = counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        report(DeploymentEvent(.information, text: "the orchestrator reports " + (told.isEmpty ? "no events" : told)))
    }
}
