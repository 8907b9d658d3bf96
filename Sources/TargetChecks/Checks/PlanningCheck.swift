internal import Passes
internal import TargetContract

/// A preview changes nothing, and is told the truth by the deployment.
struct PlanningCheck: ConformanceCheck {
    let name = "planning"
    let expectation = "A preview writes nothing, so that a second one says the same"

    func examine(_ examination: Examination) async -> CheckOutcome {
        guard examination.target is any Planning else { return .notApplicable("the target is not Planning") }
        var findings: [ConformanceReport.Finding] = []
        var count = 0
        var refused = 0
        for plan in examination.plans {
            let before = await examination.status(plan)?.status?.state
            let trial = await examination.preview(plan)
            guard let first = trial?.preview else {
                if await examination.isUnsupported(trial) { refused += 1 }
                continue
            }
            guard let second = await examination.preview(plan)?.preview else { continue }
            let after = await examination.status(plan)?.status?.state
            count += 1
            if first.changes != second.changes {
                findings.append(difference(first, second, plan.name))
            }
            if before != after, let before, let after {
                findings.append(
                    .init(
                        expected: "a preview writes nothing",
                        seen: "\(plan.name) was \(before.rawValue) before it and \(after.rawValue) afterwards",
                        remedy: "Only read in preview; ask the environment to try writes without doing them (dry run)"
                    )
                )
            }
        }
        let total = examination.plans.count - refused
        if count < total, examination.isReady {
            findings.append(
                .init(
                    expected: "a preview can be made of what can be deployed",
                    seen: "\(total - count) of \(total) previews failed: "
                        + (examination.record.trials.last { $0.call.hasPrefix("preview") && $0.error != nil }?.words
                            ?? ""),
                    remedy: "Report what stands in the way as an obstacle of the preview"
                )
            )
        }
        guard count > 0 || !findings.isEmpty else {
            return .notApplicable(
                refused > 0
                    ? "the solutions are refused as unsupported"
                    : "without an environment there is no preview to compare")
        }
        return .examined("\(count) previews made twice", findings)
    }

    private func difference(
        _ first: DeploymentPreview, _ second: DeploymentPreview, _ solution: String
    ) -> ConformanceReport.Finding {
        let words = zip(first.changes, second.changes).first { $0 != $1 }.map { first, second in
            "first \(first.action.rawValue) \(first.kind) \(first.name), "
                + "then \(second.action.rawValue) \(second.kind) \(second.name)"
        }
        return .init(
            expected: "a second preview says the same as the first",
            seen: "\(solution): \(words ?? "\(first.changes.count) changes, then \(second.changes.count)")",
            remedy: "Write nothing in preview, and list changes in a fixed order"
        )
    }
}
