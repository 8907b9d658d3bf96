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
            let plans = Self.plans(of: target, input, &findings)
            seen = "made with \(input.settings.values.count) settings; \(plans.count) solutions planned"
            let suggestions = plans.map { ($0.name, (target as? any Suggesting)?.suggestions(for: $0) ?? [:]) }
            let examination = Examination(
                factory: factory,
                target: target,
                input: input,
                plans: plans,
                suggestions: Dictionary(suggestions) { $1 },
                record: record
            )
            let problems = plans.compactMap { Self.problem(with: $0, examination) }
            findings += problems.prefix(1)
            if !plans.isEmpty, problems.isEmpty { self.examination = examination }
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
        let timed = TimedCall(limits: (input.deadlines.refusal, input.deadlines.cancellation))
        let end = await timed.run(cancelling: .never) { _ in
            .target(
                try factory.make(
                    settings: input.settings, services: record.services(allowing: input.allowedNetworks)))
        }
        let trial = Trial(
            call: "init", plan: nil, recorder: timed.recorder, ending: end.ending, duration: end.duration,
            isCancelled: false)
        record.add(trial)
        if case .returned(.target(let target)) = end.ending { return target }
        findings.append(
            Finding(
                expected: "init(settings:services:) makes the target",
                seen: "it \(trial.words)",
                remedy: "Correct the settings that the suite was given, or the initialiser"
            )
        )
        return nil
    }

    private static func plans(
        of target: any DeploymentTarget, _ input: ConformanceInput, _ findings: inout [Finding]
    ) -> [SolutionPlan] {
        let standard = PassPipeline.standard(orchestratorImage: input.orchestratorImage).passes
        let pipeline = PassPipeline(passes: target.passes(after: standard))
        var plans: [SolutionPlan] = []
        var refusals: [String] = []
        for source in SampleSolution.allCases.compactMap({ $0.source(image: input.nodeImage) }) {
            do throws(Refusal) {
                let plan = try pipeline.run(on: source)
                plans.append(plan)
                guard try pipeline.run(on: source) != plan else { continue }
                findings.append(
                    Finding(
                        expected: "passes are pure: the same solution gives the same plan",
                        seen: "two plans of \(source.name) differ",
                        remedy: "Let the target's own passes depend on nothing but the draft"
                    )
                )
            } catch {
                refusals.append("\(source.name): \(error)")
                guard error.problem.isEmpty || error.remedy.isEmpty else { continue }
                findings.append(
                    Finding(
                        expected: "a refusal says what is wrong and what to do",
                        seen: "\(source.name) is refused with \(error)",
                        remedy: "Fill in problem and remedy of the Refusal"
                    )
                )
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
