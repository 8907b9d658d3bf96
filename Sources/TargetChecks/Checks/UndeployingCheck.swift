internal import Passes
internal import TargetContract

/// What was deployed can be taken away, once and again.
struct UndeployingCheck: ConformanceCheck {
    let name = "undeploying"
    let expectation = "Undeploying leaves nothing, and undeploying nothing is fine or explained"

    private typealias Finding = ConformanceReport.Finding

    func examine(_ examination: Examination) async -> CheckOutcome {
        guard examination.target is any Undeploying else { return .notApplicable("the target is not Undeploying") }
        var findings: [Finding] = []
        for plan in examination.plans {
            if await isDeployed(plan, examination) {
                guard let removal = await examination.undeploy(plan) else { continue }
                if !removal.isReturned {
                    let seen = "\(removal.call) \(removal.words)"
                    findings.append(
                        Finding(expected: "what was deployed can be taken away", seen: seen, remedy: "Correct undeploy")
                    )
                }
                if let state = await examination.status(plan)?.status?.state, state != .absent {
                    findings.append(
                        Finding(
                            expected: "nothing is there when undeploy has returned",
                            seen: "the status of \(plan.name) is \(state.rawValue)",
                            remedy: "Return when everything is gone"
                        )
                    )
                }
            }
            guard let nothing = await examination.undeploy(plan, within: limit(examination)) else { continue }
            guard !nothing.isReturned, !(nothing.error is TargetError) else { continue }
            findings.append(
                Finding(
                    expected: examination.isReady
                        ? "undeploying nothing returns, or throws a TargetError that explains it"
                        : "without an environment undeploy throws a TargetError",
                    seen: "\(nothing.call) \(nothing.words)",
                    remedy: "Look what is there first"
                )
            )
        }
        return .examined("\(examination.plans.count) solutions", findings)
    }

    /// Whether a plan is there to be taken away; it is deployed if it is not known to be.
    private func isDeployed(_ plan: SolutionPlan, _ examination: Examination) async -> Bool {
        guard examination.isReady else { return false }
        if examination.record.isDeployed(plan) { return true }
        return await examination.deploy(plan).outcome != nil
    }

    private func limit(_ examination: Examination) -> Duration? {
        examination.isReady ? nil : examination.input.deadlines.refusal
    }
}
