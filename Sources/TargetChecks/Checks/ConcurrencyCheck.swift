internal import Passes
internal import TargetContract

/// Two deployments at once have nothing to do with each other.
struct ConcurrencyCheck: ConformanceCheck {
    let name = "concurrency"
    let expectation = "Two deployments at once become what each becomes alone, and speak of their own nodes"

    private typealias Finding = ConformanceReport.Finding
    private static let rounds = 8
    /// Rounds are repeated only where that takes no time.
    private static let patience = Duration.seconds(2)

    func examine(_ examination: Examination) async -> CheckOutcome {
        guard examination.isReady else { return .notApplicable("no environment to deploy to") }
        let plans = examination.supported
        guard let first = plans.first, let second = plans.last, first != second else {
            return .notApplicable("the target accepts one of the suite's solutions only")
        }
        let places = await (place(of: first, examination), place(of: second, examination))
        if let shared = places.0, shared == places.1 {
            return .notApplicable("both would go to \(shared.server) \(shared.namespace); use {solution} in an option")
        }
        let alone = await [examination.deploy(first), examination.deploy(second)]
        guard alone.allSatisfy({ $0.outcome != nil }) else {
            return .notApplicable("they cannot be deployed one by one")
        }
        var findings: [Finding] = []
        var rounds = 0
        let start = ContinuousClock.now
        repeat {
            rounds += 1
            await examination.undeploy(first)
            await examination.undeploy(second)
            async let one = examination.deploy(first)
            async let other = examination.deploy(second)
            for (trial, before) in zip(await [one, other], alone) where findings.count < 4 {
                findings += problems(with: trial, alone: before)
            }
        } while findings.isEmpty && rounds < Self.rounds && ContinuousClock.now - start < Self.patience
        return .examined("\(rounds) rounds of \(first.name) and \(second.name)", findings)
    }

    private func place(of plan: SolutionPlan, _ examination: Examination) async -> DeploymentPlace? {
        guard case .returned(.place(let place)) = await examination.place(plan)?.ending else { return nil }
        return place
    }

    private func problems(with trial: Trial, alone: Trial) -> [Finding] {
        let remedy = "Keep what belongs to one deployment in values of that call, not in the target or in globals"
        guard let outcome = trial.outcome else {
            return [Finding(expected: "both succeed, as alone", seen: "\(trial.call) \(trial.words)", remedy: remedy)]
        }
        if outcome.artifact != alone.outcome?.artifact {
            let seen = "\(trial.call) returned another artifact than alone"
            return [Finding(expected: "both become what they become alone", seen: seen, remedy: remedy)]
        }
        guard let plan = trial.plan else { return [] }
        let names = plan.partNames
        guard let event = trial.recorder.events.first(where: { $0.node.map { !names.contains($0) } ?? false }) else {
            return []
        }
        let seen = "\(trial.call) speaks of \(event.node ?? "")"
        return [Finding(expected: "events go to the deployment that they are about", seen: seen, remedy: remedy)]
    }
}

extension SolutionPlan {
    /// What events can speak of: nodes, the orchestrator, shared folders.
    var partNames: Set<String> {
        Set(nodes.map(\.name) + sharedFolders.map(\.claimName) + [orchestrator?.name].compactMap(\.self))
    }
}
