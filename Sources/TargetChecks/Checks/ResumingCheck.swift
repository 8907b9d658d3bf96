internal import Passes
internal import TargetContract

/// Whether a deployment can go on by itself depends on its options alone.
struct ResumingCheck: ConformanceCheck {
    let name = "resuming"
    let expectation = "Whether a deployment can go on without its user is told at once, and the same each time"

    private typealias Finding = ConformanceReport.Finding

    func examine(_ examination: Examination) async -> CheckOutcome {
        guard let target = examination.target as? any Resuming else {
            return .notApplicable("the target is not Resuming")
        }
        let plan = examination.pipeline
        let secrets = Set(examination.manifest.options.filter(\.isSecret).map(\.name))
        let given = examination.given(for: plan).filter { !secrets.contains($0.key) }
        // The host asks only where no secret was given.
        guard let values = try? OptionValues(given, for: examination.manifest.options) else {
            return .notApplicable("the options need a secret")
        }
        var findings: [Finding] = []
        var answers: [Bool] = []
        for _ in 0..<2 {
            let trial = await examination.trial(
                "canResume", plan, within: examination.input.deadlines.cancellation
            ) { _ in .answer(target.canResume(with: values)) }
            guard let answer = trial.answer else { continue }
            answers.append(answer)
        }
        if Set(answers).count > 1 {
            findings.append(
                Finding(
                    expected: "the same options give the same answer",
                    seen: "first \(answers[0]), then \(answers[1])",
                    remedy: "Look at the options and settings only"
                )
            )
        }
        let words = answers.first.map { $0 ? "it can go on" : "it cannot go on" } ?? "no answer"
        return .examined(words, findings)
    }
}
