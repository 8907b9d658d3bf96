internal import Passes
internal import TargetContract

/// What the checks have deployed is taken away, so that nothing of the suite is left.
struct ClearingCheck: ConformanceCheck {
    let name = "clearing"
    let expectation = "What the checks have deployed can be taken away again"
    let isMadeAnyway = true

    func examine(_ examination: Examination) async -> CheckOutcome {
        guard examination.target is any Undeploying else { return .notApplicable("the target is not Undeploying") }
        guard examination.isReady else { return .notApplicable("no environment to deploy to") }
        let record = examination.record
        if let trial = record.trials.first(where: { $0.isUnfinished && $0.call.hasPrefix("undeploy") }) {
            return .notApplicable("\(trial.call) has not ended yet")
        }
        var findings: [ConformanceReport.Finding] = []
        var count = 0
        for deployment in record.deployments {
            let isCertain = record.isDeployed(deployment.plan, deployment.changes)
            guard let removal = await removal(of: deployment, examination), !removal.isUnfinished else { break }
            count += 1
            // Of what was only begun there may be nothing.
            guard !removal.isReturned, isCertain || !(removal.error is TargetError) else { continue }
            findings.append(
                .init(
                    expected: "what was deployed can be taken away",
                    seen: "\(removal.call) \(removal.words)",
                    remedy: "Correct undeploy, and take away by hand what is left of \(deployment.plan.name)"
                )
            )
        }
        return .examined("\(count) deployments taken away", findings)
    }

    /// Takes it away with the options that it was made with, or with the given ones where undeploy refuses a value that
    /// deploy can do without.
    private func removal(of deployment: MadeDeployment, _ examination: Examination) async -> Trial? {
        let removal = await examination.undeploy(deployment.plan, deployment.changes)
        guard !deployment.changes.isEmpty, (removal?.error as? TargetError)?.code == .invalidOption else {
            return removal
        }
        return await examination.undeploy(deployment.plan)
    }
}
