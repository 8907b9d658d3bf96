internal import Passes
internal import TargetContract

/// Work ends when it is no longer wanted.
struct CancellationCheck: ConformanceCheck {
    let name = "cancellation"
    let expectation = "A cancelled call ends in time, with CancellationError"

    typealias Finding = ConformanceReport.Finding
    /// How long a call is left at work before it is cancelled: beyond its first steps, and not yet at its end where it
    /// has to wait for anything.
    static let delay = Duration.milliseconds(200)

    func examine(_ examination: Examination) async -> CheckOutcome {
        let plan = examination.pipeline
        var findings: [Finding] = []
        var moments = ["before the start"]
        let early = await examination.deploy(plan, cancelling: .start)
        findings += Self.problems(with: early, moments[0], mayRefuse: !examination.isReady, examination)
        if !examination.isReady, !early.isUnfinished {
            findings += await whileDeploying(plan, &moments, within: examination.input.deadlines.refusal, examination)
        }
        if examination.isReady, !early.isUnfinished {
            await examination.undeploy(plan)
            let count = await examination.deploy(plan).recorder.events.count
            if count == 0 {
                await examination.undeploy(plan)
                findings += await whileDeploying(plan, &moments, examination)
            }
            for event in Set([1, (count + 1) / 2, count]).sorted() where event > 0 {
                await examination.undeploy(plan)
                let trial = await examination.deploy(plan, cancelling: .event(event))
                guard trial.isCancelled else { continue }
                moments.append("at event \(event)")
                // Behind the last event there may be nothing left to do.
                let isLast = trial.recorder.events.count <= event || event == count
                findings += Self.problems(
                    with: trial, "at event \(event) of \(count)", mayReturn: isLast && count > 1, examination)
                if trial.isUnfinished { break }
            }
            findings += await undeploying(plan, &moments, examination)
        }
        return .examined("cancelled \(moments.joined(separator: ", "))", findings)
    }

    private func whileDeploying(
        _ plan: SolutionPlan, _ moments: inout [String], within limit: Duration? = nil, _ examination: Examination
    ) async -> [Finding] {
        let trial = await examination.deploy(plan, within: limit, cancelling: .after(Self.delay))
        if trial.isCancelled { moments.append("while it was at work") }
        return Self.problemsAtWork(with: trial, mayRefuse: !examination.isReady, examination)
    }

    private func undeploying(
        _ plan: SolutionPlan, _ moments: inout [String], _ examination: Examination
    ) async -> [Finding] {
        guard examination.record.unfinishedCall == nil, examination.target is any Undeploying else { return [] }
        guard await examination.deploy(plan).outcome != nil else { return [] }
        guard let early = await examination.undeploy(plan, cancelling: .start) else { return [] }
        moments.append("before undeploying")
        let findings = Self.problems(with: early, "before the start", examination)
        guard findings.isEmpty, let late = await examination.undeploy(plan, cancelling: .after(Self.delay)) else {
            return findings
        }
        if late.isCancelled { moments.append("while undeploying") }
        return Self.problemsAtWork(with: late, examination)
    }

    /// What is wrong with a call that was cancelled when it had been at work for a while: nothing, where it ended
    /// before. One that returns in time may have been at its end.
    static func problemsAtWork(
        with trial: Trial, mayRefuse: Bool = false, _ examination: Examination
    ) -> [Finding] {
        guard trial.isCancelled else { return [] }
        return problems(with: trial, "after \(Self.delay.words)", mayRefuse: mayRefuse, mayReturn: true, examination)
    }

    /// What is wrong with a call that was cancelled.
    static func problems(
        with trial: Trial,
        _ moment: String,
        mayRefuse: Bool = false,
        mayReturn: Bool = false,
        _ examination: Examination
    ) -> [Finding] {
        let limit = examination.input.deadlines.cancellation
        let expected = "\(trial.call), cancelled \(moment), throws CancellationError within \(limit.words)"
        if trial.isUnfinished || trial.duration > limit {
            return [
                Finding(
                    expected: expected,
                    seen: trial.isUnfinished ? "it \(trial.words)" : "it took \(trial.duration.words)",
                    remedy: "Call try Task.checkCancellation() between steps, and wait with what ends when cancelled"
                )
            ]
        }
        if trial.isReturned, !mayReturn {
            let remedy = "Call try Task.checkCancellation() between steps and before each write"
            return [Finding(expected: expected, seen: "it went on to its end", remedy: remedy)]
        }
        guard let error = trial.error, !(error is CancellationError), !(mayRefuse && error is TargetError) else {
            return []
        }
        let remedy = "Let CancellationError pass instead of turning it into another error"
        return [Finding(expected: expected, seen: "it \(trial.words)", remedy: remedy)]
    }
}
