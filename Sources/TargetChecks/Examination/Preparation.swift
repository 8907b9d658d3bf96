internal import Blueprints
internal import Documents
internal import Passes
internal import TargetContract

/// Makes the target and the plans for it.
struct Preparation {
    /// Nil where it could not be made.
    private(set) var target: (any DeploymentTarget)?
    /// Nil where there is nothing to examine.
    private(set) var examination: Examination?
    /// What became of it.
    let check: ConformanceReport.Check

    private typealias Finding = ConformanceReport.Finding

    init(_ factory: TargetFactory, _ input: ConformanceInput) async {
        let record = TrialRecord()
        var findings: [Finding] = []
        var seen = "the target could not be made"
        target = await Self.make(factory, input, record, &findings)
        if let target {
            let plans = await Self.plans(of: target, input, &findings)
            seen = "made with \(input.settings.values.count) settings; \(plans.count) solutions planned"
            if let suggestions = await Self.suggestions(of: target, for: plans, input, record, &findings) {
                let examination = Examination(
                    factory: factory,
                    target: target,
                    input: input,
                    plans: plans,
                    suggestions: suggestions,
                    record: record
                )
                let problems = plans.compactMap { Self.problem(with: $0, examination) }
                findings += problems.prefix(1)
                if !plans.isEmpty, problems.isEmpty { self.examination = examination }
            }
        }
        check = ConformanceReport.Check(
            name: ConformanceReport.CheckName.start.name,
            expectation: ConformanceReport.CheckName.start.expectation,
            .examined(seen, findings)
        )
    }

    private static func make(
        _ factory: TargetFactory, _ input: ConformanceInput, _ record: TrialRecord, _ findings: inout [Finding]
    ) async -> (any DeploymentTarget)? {
        let trial = await Trial("init", limits: limits(input)) { _ in
            .target(
                try factory.make(
                    settings: input.settings, services: record.services(allowing: input.allowedNetworks)))
        }
        record.add(trial)
        if case .returned(.target(let target)) = trial.ending { return target }
        findings.append(
            Finding(
                expected: "init(settings:services:) makes the target",
                seen: "it \(trial.words)",
                remedy: "Correct the settings that the suite was given, or the initialiser"
            )
        )
        return nil
    }

    private static func limits(_ input: ConformanceInput) -> (call: Duration, cancellation: Duration) {
        (input.deadlines.refusal, input.deadlines.cancellation)
    }

    /// The plans that the target's passes make; none where they do not come to their end.
    private static func plans(
        of target: any DeploymentTarget, _ input: ConformanceInput, _ findings: inout [Finding]
    ) async -> [SolutionPlan] {
        let passing = await Trial("passes", limits: limits(input)) { _ in
            let standard = PassPipeline.standard(orchestratorImage: input.orchestratorImage).passes
            return .passes(target.passes(after: standard))
        }
        guard case .returned(.passes(let passes)) = passing.ending else {
            findings.append(Finding(unfinished: passing))
            return []
        }
        let pipeline = PassPipeline(passes: passes)
        var plans: [SolutionPlan] = []
        var refusals: [String] = []
        for source in SampleSolution.allCases.compactMap({ $0.source(image: input.nodeImage) }) {
            let planning = await Trial("a pass for \(source.name)", limits: limits(input)) { _ in
                .plans([try pipeline.run(on: source), try pipeline.run(on: source)])
            }
            switch planning.ending {
            case .returned(.plans(let made)):
                plans += made.prefix(1)
                guard made.first != made.last else { continue }
                findings.append(
                    Finding(
                        expected: "passes are pure: the same solution gives the same plan",
                        seen: "two plans of \(source.name) differ",
                        remedy: "Let the target's own passes depend on nothing but the draft"
                    )
                )
            case .threw(let error as Refusal):
                refusals.append("\(source.name): \(error)")
                guard error.problem.isEmpty || error.remedy.isEmpty else { continue }
                findings.append(
                    Finding(
                        expected: "a refusal says what is wrong and what to do",
                        seen: "\(source.name) is refused with \(error)",
                        remedy: "Fill in problem and remedy of the Refusal"
                    )
                )
            case .returned, .threw, .unfinished:
                findings.append(Finding(unfinished: planning))
                return []
            }
        }
        if plans.isEmpty {
            findings.append(
                Finding(
                    expected: "the target's passes accept a model, a pipeline with a loop, or one with a shared folder",
                    seen: refusals.joined(separator: "; "),
                    remedy: "Begin with the standard passes, and refuse only what the environment cannot do"
                )
            )
        }
        return plans
    }

    /// What the target suggests, by the name of the solution; nil where it does not come to its end.
    private static func suggestions(
        of target: any DeploymentTarget,
        for plans: [SolutionPlan],
        _ input: ConformanceInput,
        _ record: TrialRecord,
        _ findings: inout [Finding]
    ) async -> [String: [String: String]]? {
        guard let target = target as? any Suggesting else { return [:] }
        var suggestions: [String: [String: String]] = [:]
        for plan in plans {
            let trial = await Trial("suggestions", plan, limits: limits(input)) { _ in
                .suggestions(target.suggestions(for: plan))
            }
            record.add(trial)
            guard case .returned(.suggestions(let values)) = trial.ending else {
                findings.append(Finding(unfinished: trial))
                return nil
            }
            suggestions[plan.name] = values
        }
        return suggestions
    }

    /// What the host would say of the options.
    private static func problem(with plan: SolutionPlan, _ examination: Examination) -> Finding? {
        do throws(OptionProblems) {
            _ = try examination.values(for: plan)
            return nil
        } catch {
            return Finding(
                expected: "the options that the suite was given suit the manifest",
                seen: "\(error)",
                remedy: "Give the suite a value for each required option (ConformanceInput.options, --option)"
            )
        }
    }
}
