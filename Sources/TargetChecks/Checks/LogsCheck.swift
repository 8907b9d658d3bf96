internal import Passes
internal import TargetContract

/// Logs are those of the deployment, and can be put down at any time.
struct LogsCheck: ConformanceCheck {
    let name = "logs"
    let expectation = "Logs are of the plan's nodes, following them ends when cancelled, and nothing has none"

    private typealias Finding = ConformanceReport.Finding

    func examine(_ examination: Examination) async -> CheckOutcome {
        let plan = examination.pipeline
        guard examination.target is any LogReading else { return .notApplicable("the target is not LogReading") }
        guard examination.isReady else {
            return .examined("without an environment", await ofNothing(plan, examination))
        }
        guard await examination.deploy(plan).isReturned else { return .notApplicable("nothing could be deployed") }
        var findings = await ofAll(plan, examination)
        findings += await following(plan, examination)
        if examination.target is any Undeploying, examination.record.unfinishedCall == nil {
            await examination.undeploy(plan)
            findings += await ofNothing(plan, examination)
        }
        return .examined("the logs of \(plan.name)", findings)
    }

    private func ofAll(_ plan: SolutionPlan, _ examination: Examination) async -> [Finding] {
        var findings: [Finding] = []
        for node in [nil, plan.nodes.first?.name] {
            guard let trial = await examination.logs(plan, node: node) else { continue }
            guard let lines = trial.lines else {
                let seen = "\(trial.call) \(trial.words)"
                findings.append(
                    Finding(expected: "the logs of what is deployed can be read", seen: seen, remedy: "Correct logs"))
                continue
            }
            let strangers = Set(lines.map(\.node)).subtracting(node.map { [$0] } ?? plan.partNames)
            if let stranger = strangers.min() {
                findings.append(
                    Finding(
                        expected: "lines are of the node that was asked for, or of the plan's nodes",
                        seen: "\(trial.call): a line of \(stranger)",
                        remedy: "Take node.name for the node of a line, and leave out the lines of others"
                    )
                )
            }
        }
        return findings
    }

    private func following(_ plan: SolutionPlan, _ examination: Examination) async -> [Finding] {
        let limit = examination.input.deadlines.cancellation
        for moment in [TimedCall.Moment.start, .after(CancellationCheck.delay)] {
            let trial = await examination.logs(plan, follow: true, cancelling: moment)
            guard let trial, trial.isUnfinished, trial.isCancelled else { continue }
            return [
                Finding(
                    expected: "following logs ends within \(limit.words) of being cancelled",
                    seen: "it \(trial.words)",
                    remedy: "Wait for lines with what ends when the task is cancelled"
                )
            ]
        }
        return []
    }

    private func ofNothing(_ plan: SolutionPlan, _ examination: Examination) async -> [Finding] {
        guard let trial = await examination.logs(plan, within: examination.input.deadlines.refusal) else { return [] }
        if trial.error is TargetError || trial.isUnfinished { return [] }
        if trial.lines?.isEmpty == true, examination.isReady { return [] }
        return [
            Finding(
                expected: examination.isReady
                    ? "what is not deployed has no lines, or a TargetError that explains it"
                    : "without an environment logs throws a TargetError",
                seen: "\(trial.call) \(trial.words)",
                remedy: "Look what is there first"
            )
        ]
    }
}
