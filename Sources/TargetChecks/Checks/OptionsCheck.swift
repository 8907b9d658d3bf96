internal import Passes
internal import TargetContract

/// The options of the manifest are those that the target knows.
struct OptionsCheck: ConformanceCheck {
    let name = "options"
    let expectation =
        "Options that the manifest lists are asked for, as what they are; every allowed value is dealt with"

    private typealias Finding = ConformanceReport.Finding

    func examine(_ examination: Examination) async -> CheckOutcome {
        var findings: [Finding] = []
        let values = examination.manifest.options.filter { !$0.isSecret }.flatMap { option in
            Self.values(of: option).map { (option: option, value: $0) }
        }
        let tried = values.enumerated().compactMap {
            index, each -> (plan: SolutionPlan, name: String, value: String)? in
            let plan = examination.plans[index % examination.plans.count]
            guard (try? examination.values(for: plan, [each.option.name: each.value])) != nil else { return nil }
            return (plan, each.option.name, each.value)
        }
        let isLooking = examination.target is any Rendering || examination.target is any Planning
        if isLooking {
            findings += await examination.concurrently(tried) { each in
                await examination.look(each.plan, [each.name: each.value])
                    .compactMap { problem(with: $0, each.name, each.value) }
            }.flatMap(\.self)
        } else {
            for each in tried where examination.record.unfinishedCall == nil {
                let trial = await examination.deploy(each.plan, [each.name: each.value])
                findings += [problem(with: trial, each.name, each.value)].compactMap(\.self)
            }
        }
        guard examination.record.unfinishedCall == nil else { return .examined("\(tried.count) values", findings) }
        findings += await choices(examination)
        findings += Self.misreadings(examination.record.readings, of: examination.manifest.options)
        findings += unread(examination)
        return .examined("\(examination.manifest.options.count) options, \(tried.count) values", findings)
    }

    /// Values at the ends of what the kind allows.
    private static func values(of option: TargetOption) -> [String] {
        switch option.kind {
        case .choice(let choices): choices
        case .boolean: ["true", "false"]
        case .integer(let minimum, let maximum): ["\(minimum)", "\(maximum)"]
        case .quantity: ["1", "3Gi"]
        case .text, .document: [RefusalCheck.oddText]
        }
    }

    private func problem(with trial: Trial, _ option: String, _ value: String) -> Finding? {
        guard let error = trial.error, !(error is TargetError) else { return nil }
        return Finding(
            expected: "a value that the manifest allows is used, or refused with a TargetError",
            seen: "\(option)=\(value): \(trial.call) \(trial.words)",
            remedy: "Check the value before it is used"
        )
    }

    private func choices(_ examination: Examination) async -> [Finding] {
        var findings: [Finding] = []
        let options = examination.manifest.options
        for option in options where option.hasChoices {
            guard let trial = await examination.choices(for: option.name) else { continue }
            if case .returned(.choices(let choices)) = trial.ending {
                let bad = choices.filter { option.problem(with: $0.value) != nil || $0.label.isEmpty }
                findings += bad.prefix(1).map {
                    Finding(
                        expected: "choices are values that the option can have, with a label",
                        seen: "\(option.name) offers \($0.value.debugDescription) as \($0.label.debugDescription)",
                        remedy: "Leave out what cannot be given"
                    )
                }
            } else if let error = trial.error, !(error is TargetError) {
                let remedy = "Say in a TargetError what is missing"
                let expected = "choices that cannot be told are explained"
                findings.append(Finding(expected: expected, seen: "\(trial.call) \(trial.words)", remedy: remedy))
            }
        }
        return findings
    }

    /// What the target asks for and never gets.
    private static func misreadings(_ readings: Set<OptionReading>, of options: [TargetOption]) -> [Finding] {
        let sorted = readings.sorted { ($0.option, $0.form.rawValue) < ($1.option, $1.form.rawValue) }
        return sorted.compactMap { reading in
            let expected = "the target asks for options of its manifest, as what they are"
            let seen = "it asks for the \(reading.form.rawValue) of \(reading.option)"
            guard let option = options.first(where: { $0.name == reading.option }) else {
                let remedy = "Correct the name, or add the option to the manifest"
                return Finding(expected: expected, seen: "\(seen), which is no option", remedy: remedy)
            }
            if option.isSecret != (reading.form == .secret) {
                let remedy = "Use \(option.isSecret ? "secret" : "text")(_:), the other never has a value"
                return Finding(expected: expected, seen: seen, remedy: remedy)
            }
            switch (option.kind, reading.form) {
            case (.integer, .boolean), (.boolean, .integer), (.text, .integer), (.text, .boolean),
                (.document, .integer),
                (.document, .boolean), (.choice, .integer), (.choice, .boolean), (.quantity, .integer),
                (.quantity, .boolean):
                return Finding(expected: expected, seen: seen, remedy: "Use the function for the option's kind")
            default: return nil
            }
        }
    }

    /// What users can give and nobody looks at.
    private func unread(_ examination: Examination) -> [Finding] {
        guard examination.record.trials.contains(where: { $0.outcome != nil }) else { return [] }
        let read = Set(examination.record.readings.map(\.option))
        let options = examination.manifest.options
        // What the plan's options leave out need not be asked for.
        let applying = TargetOption.applying(options, given: examination.given(for: examination.pipeline))
        return applying.filter { !read.contains($0.name) }.map { option in
            Finding(
                expected: "an option has an effect",
                seen: "nothing that the target did asked for \(option.name)",
                remedy: "Use the option, take it out of the manifest, or say with appliesWhen when it counts"
            )
        }
    }
}
