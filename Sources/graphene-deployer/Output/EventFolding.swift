import TargetContract

/// Which events tell something new. Targets report a node again and again while it comes up; a list of lines needs it
/// only when its state or the reason is another. Pure.
struct EventFolding {
    private var nodes: [String: Report] = [:]
    private var warnings: Set<Report> = []

    /// What is compared. Numbers are not: counters, ages and attempts change while nothing else does.
    private struct Report: Hashable {
        var node: String?
        var state: String?
        var text: String
        var remedy: String?

        init(_ event: DeploymentEvent) {
            node = event.node
            state = event.state
            text = Self.withoutNumbers(event.text)
            remedy = event.remedy
        }

        private static func withoutNumbers(_ text: String) -> String {
            text.reduce(into: "") { result, character in
                if !character.isNumber {
                    result.append(character)
                } else if result.last != "0" {
                    result.append("0")
                }
            }
        }
    }

    /// Takes the next event.
    /// - Returns: whether to show it.
    mutating func isNews(_ event: DeploymentEvent) -> Bool {
        switch event.kind {
        case .nodeState:
            let report = Report(event)
            return nodes.updateValue(report, forKey: event.node ?? "") != report
        case .warning: return warnings.insert(Report(event)).inserted
        case .state where event.state == "queued":
            // The deployment is done again.
            self = EventFolding()
            return true
        default: return true
        }
    }
}
