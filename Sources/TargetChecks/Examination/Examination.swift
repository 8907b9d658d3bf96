internal import Blueprints
internal import Passes
internal import TargetContract

/// A target under examination: what checks can call, and all that was called.
struct Examination: Sendable {
    let factory: TargetFactory
    let target: any DeploymentTarget
    let input: ConformanceInput
    /// Those of the suite's solutions that the target's passes accept; at least one.
    let plans: [SolutionPlan]
    /// What the target suggests, by the name of the solution.
    let suggestions: [String: [String: String]]
    let record: TrialRecord

    var manifest: TargetManifest { factory.manifest }
    var isReady: Bool { input.environment == .ready }

    /// The plans that were not refused as something that the environment cannot do; all, where all were.
    var supported: [SolutionPlan] {
        let unsupported = record.unsupported
        let supported = plans.filter { !unsupported.contains($0.name) }
        return supported.isEmpty ? plans : supported
    }

    /// The plan with the most to do: a pipeline, if there is one.
    var pipeline: SolutionPlan { supported.first { !$0.isSingleModel } ?? supported[0] }

    /// A check's outcome, with a finding for each call that has not ended.
    func verdict(of check: any ConformanceCheck) async -> CheckOutcome {
        let before = record.trials.count
        let outcome = await check.examine(self)
        let unfinished = record.trials.dropFirst(before).filter { $0.isUnfinished && !$0.isCancelled }
        let findings = unfinished.map(ConformanceReport.Finding.init(unfinished:))
        guard !findings.isEmpty else { return outcome }
        guard case .examined(let seen, let others) = outcome else { return .examined("a call did not end", findings) }
        return .examined(seen, others + findings)
    }

    /// The options that a user would give for a plan.
    func given(for plan: SolutionPlan, _ changes: [String: String] = [:]) -> [String: String] {
        let options = input.options(for: plan.name)
        let user = manifest.options.filter { $0.userAttribute != nil }.map { ($0.name, "modeller@example.org") }
        return Dictionary(user) { $1 }.merging(suggestions[plan.name] ?? [:]) { $1 }.merging(options) { $1 }.merging(
            changes
        ) { $1 }
    }

    /// The options as the host would hand them over.
    /// - Throws: `OptionProblems` where the host would refuse them.
    func values(for plan: SolutionPlan, _ changes: [String: String] = [:]) throws(OptionProblems) -> OptionValues {
        try OptionValues(given(for: plan, changes), for: manifest.options).observed { [record] in record.add($0) }
    }

    /// Calls the target, and keeps what becomes of it.
    func trial(
        _ call: String,
        _ plan: SolutionPlan? = nil,
        within limit: Duration? = nil,
        cancelling moment: TimedCall.Moment = .never,
        _ work: @escaping @Sendable (@escaping EventReporter) async throws -> Product
    ) async -> Trial {
        let limits = (call: limit ?? input.deadlines.deployment, cancellation: input.deadlines.cancellation)
        let trial = await Trial(call, plan, limits: limits, cancelling: moment, work)
        record.add(trial)
        return trial
    }

    /// Whether a plan is one that the environment cannot do: a call says so, and deploying it, where that can be tried.
    func isUnsupported(_ trial: Trial?) async -> Bool {
        guard let trial, trial.isUnsupported else { return false }
        guard isReady, let plan = trial.plan else { return true }
        return await deploy(plan).isUnsupported
    }
}

extension ConformanceReport.Finding {
    /// That a call has not ended.
    init(unfinished trial: Trial) {
        self.init(
            expected: "every call comes to its end in time",
            seen: "\(trial.call) \(trial.words)",
            remedy: "Give every wait a deadline, and end with a TargetError that says what was waited for"
        )
    }
}
