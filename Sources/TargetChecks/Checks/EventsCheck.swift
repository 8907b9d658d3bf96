internal import TargetContract

/// Events of all calls so far.
struct EventsCheck: ConformanceCheck {
    let name = "events"
    let expectation =
        "Phases go forward, nodes are those of the plan, failures come with a remedy, and nothing comes late"

    private typealias Finding = ConformanceReport.Finding
    private static let states: Set<String> = ["pending", "progressing", "warning", "ready", "running", "failed"]

    func examine(_ examination: Examination) async -> CheckOutcome {
        // What comes late comes when the call has returned, not at once.
        try? await Task.sleep(for: .milliseconds(300))
        var findings: [Finding] = []
        var count = 0
        for trial in examination.record.trials {
            count += trial.recorder.events.count
            findings += problems(with: trial).filter { !findings.contains($0) }
        }
        guard count > 0 || !findings.isEmpty else { return .notApplicable("the target reported no events") }
        return .examined("\(count) events", Array(findings.prefix(12)))
    }

    private func problems(with trial: Trial) -> [Finding] {
        var findings: [Finding] = []
        func add(_ expected: String, _ seen: String, _ remedy: String) {
            findings.append(Finding(expected: expected, seen: "\(trial.call): \(seen)", remedy: remedy))
        }
        var phase: DeploymentEvent?
        for event in trial.recorder.events {
            if let number = event.phaseNumber {
                if let before = phase?.phaseNumber, before > number {
                    let seen = "\(event.state ?? "") after \(phase?.state ?? "")"
                    add("phases do not go back", seen, "Report a phase when its work begins, in the contract's order")
                }
                phase = event
            }
            if let problem = problem(with: event, in: trial) { add(problem.expected, problem.seen, problem.remedy) }
        }
        // A call that has not ended, or was left alone when cancelled, is told of elsewhere.
        if let late = trial.recorder.late.first {
            add(
                "no event comes when the call has returned",
                "\(late.kind.rawValue) \(late.text.debugDescription)",
                "Wait for all tasks that report before returning"
            )
        }
        return findings
    }

    private func problem(with event: DeploymentEvent, in trial: Trial) -> Finding? {
        let seen = [event.kind.rawValue, event.node, event.state, event.text].compactMap(\.self).joined(separator: " ")
        if let node = event.node, let plan = trial.plan, !plan.partNames.contains(node) {
            return Finding(expected: "nodes have their names in the plan", seen: seen, remedy: "Take node.name")
        }
        switch event.kind {
        case .nodeState:
            guard event.node != nil, let state = event.state, Self.states.contains(state) else {
                let states = Self.states.sorted().joined(separator: ", ")
                return Finding(
                    expected: "an event of the kind node-state has a node, and one of the states \(states)",
                    seen: seen,
                    remedy: "Fill in node and state"
                )
            }
            guard state != "failed" || event.remedy?.isEmpty == false else {
                let remedy = "Fill in remedy: what can the user do"
                return Finding(expected: "a failed node comes with a remedy", seen: seen, remedy: remedy)
            }
        case .link:
            guard let url = event.url, url.hasPrefix("https://") || url.hasPrefix("http://") else {
                let remedy = "Fill in url with the address of the page"
                return Finding(expected: "a link has an http or https url", seen: seen, remedy: remedy)
            }
        default: break
        }
        guard event.kind != .nodeState, event.text.isEmpty else { return nil }
        return Finding(expected: "an event has a text for people", seen: seen, remedy: "Say what happened")
    }
}
