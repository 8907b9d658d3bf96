internal import Passes
internal import TargetContract

/// What cannot be done is refused before anything is written.
struct RefusalCheck: ConformanceCheck {
    let name = "refusal"
    let expectation = "What cannot be deployed is refused quickly, before the first write, with what, why and remedy"

    private typealias Finding = ConformanceReport.Finding
    /// Fits on a line, and is no name, number, host or path.
    static let oddText = "no such thing: {[%s]} <&> ../.."

    func examine(_ examination: Examination) async -> CheckOutcome {
        var findings: [Finding] = []
        var refused: [String] = []
        if !examination.isReady {
            let trials = await examination.concurrently(examination.plans) { plan in
                await examination.deploy(plan, within: examination.input.deadlines.refusal)
            }
            for trial in trials {
                // Whoever tries to write to what does not answer has written nothing; behind that no work can be.
                findings += problems(with: trial, because: "the environment cannot be reached", phases: 0...1)
                refused.append(trial.call)
            }
        }
        for (option, value) in await impossibleOptions(examination) {
            let plan = examination.pipeline
            let limit = examination.input.deadlines.refusal
            let trial = await examination.deploy(plan, [option: value], within: limit)
            findings += problems(with: trial, because: "the option \(option) cannot be used", phases: 0...0)
            refused.append(option)
        }
        guard !refused.isEmpty else {
            return .notApplicable("nothing to refuse: no option can be wrong, and the environment is there")
        }
        return .examined("\(refused.count) refusals", findings)
    }

    /// The values that the suite was given, and odd texts that the target says it would refuse.
    private func impossibleOptions(_ examination: Examination) async -> [(String, String)] {
        let given = examination.input.impossibleOptions.sorted { $0.key < $1.key }
        let plan = examination.pipeline
        let names = examination.manifest.options.filter { option in
            let isText = option.kind == .text || option.kind == .document
            return isText && !option.isSecret && examination.input.impossibleOptions[option.name] == nil
        }.map(\.name)
        let refused = await examination.concurrently(names) { name in
            await examination.look(plan, [name: Self.oddText]).contains { trial in
                (trial.error as? TargetError)?.code == .invalidOption || trial.preview?.obstacles.isEmpty == false
            }
        }
        let found = zip(names, refused).filter(\.1).map { ($0.0, Self.oddText) }
        return given + found
    }

    private func problems(with trial: Trial, because reason: String, phases: ClosedRange<Int>) -> [Finding] {
        func finding(_ seen: String, _ remedy: String) -> Finding {
            Finding(
                expected: "where \(reason), deploy throws a TargetError before it writes", seen: seen, remedy: remedy)
        }
        if trial.isUnfinished {
            return [finding("\(trial.call) \(trial.words)", "Check it first; give connecting a deadline")]
        }
        if let outcome = trial.outcome {
            let artifact = outcome.artifact.map { " with \($0.fileName)" } ?? ""
            return [finding("\(trial.call) returned \(outcome.state.rawValue)\(artifact)", "Throw a TargetError")]
        }
        var findings: [Finding] = []
        if !(trial.error is TargetError) {
            findings.append(finding("\(trial.call) \(trial.words)", "Turn the error into a TargetError"))
        }
        if let event = trial.recorder.events.first(where: { ($0.phaseNumber ?? 0) > phases.upperBound }) {
            let phase = event.state ?? ""
            findings.append(
                finding(
                    "\(trial.call) reported the phase \(phase), then \(trial.words)",
                    "Check everything before the phase applying begins"
                )
            )
        }
        return findings
    }
}
