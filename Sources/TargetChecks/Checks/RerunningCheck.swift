internal import Passes
internal import TargetContract

/// What is deployed can be started anew, and nothing else can.
struct RerunningCheck: ConformanceCheck {
    let name = "rerunning"
    let expectation = "What is deployed can be run again, can be cancelled, and what is not deployed is refused"

    private typealias Finding = ConformanceReport.Finding

    func examine(_ examination: Examination) async -> CheckOutcome {
        let plan = examination.pipeline
        guard examination.target is any Rerunning else { return .notApplicable("the target is not Rerunning") }
        guard examination.isReady else {
            return .examined("without an environment", await ofNothing(plan, examination))
        }
        guard await examination.deploy(plan).isReturned else { return .notApplicable("nothing could be deployed") }
        var findings: [Finding] = []
        if let again = await examination.rerun(plan), !again.isReturned {
            let seen = "\(again.call) \(again.words)"
            findings.append(
                Finding(expected: "what is deployed can be run again", seen: seen, remedy: "Correct rerun"))
        }
        if let early = await examination.rerun(plan, cancelling: .start) {
            findings += CancellationCheck.problems(with: early, "before the start", examination)
            let delay = CancellationCheck.delay
            if !early.isUnfinished, let late = await examination.rerun(plan, cancelling: .after(delay)) {
                findings += CancellationCheck.problemsAtWork(with: late, examination)
            }
        }
        if examination.target is any Undeploying, examination.record.unfinishedCall == nil {
            await examination.undeploy(plan)
            findings += await ofNothing(plan, examination)
        }
        return .examined("\(plan.name), run again", findings)
    }

    private func ofNothing(_ plan: SolutionPlan, _ examination: Examination) async -> [Finding] {
        guard let trial = await examination.rerun(plan, within: examination.input.deadlines.refusal),
            !(trial.error is TargetError), !trial.isUnfinished
        else { return [] }
        return [
            Finding(
                expected: "rerun of what is not deployed throws a TargetError",
                seen: "\(trial.call) \(trial.words)",
                remedy: "Look what is there first, and say that it has to be deployed"
            )
        ]
    }
}
