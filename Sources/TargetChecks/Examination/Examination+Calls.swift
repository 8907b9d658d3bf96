internal import Blueprints
internal import Documents
internal import Passes
internal import Synchronization
internal import TargetContract

/// The calls that checks make.
extension Examination {
    /// Deploys a plan with the given options, some of them changed.
    func deploy(
        _ plan: SolutionPlan,
        _ changes: [String: String] = [:],
        within limit: Duration? = nil,
        cancelling moment: TimedCall.Moment = .never
    ) async -> Trial {
        let trial = await trial("deploy\(words(changes))", plan, within: limit, cancelling: moment) { report in
            .outcome(try await target.deploy(plan, options: values(for: plan, changes), report: report))
        }
        record.noteDeploying(plan, changes, trial)
        if changes.isEmpty { record.noteSupport(plan, trial) }
        return trial
    }

    /// What the target can say of a plan without deploying it: by rendering, by a preview, or both. Nil where it can do
    /// neither.
    func look(_ plan: SolutionPlan, _ changes: [String: String] = [:]) async -> [Trial] {
        [await render(plan, changes), await preview(plan, changes)].compactMap(\.self)
    }

    /// The files of a plan; nil where the target has none.
    func render(_ plan: SolutionPlan, _ changes: [String: String] = [:]) async -> Trial? {
        guard let target = target as? any Rendering else { return nil }
        let trial = await trial("render\(words(changes))", plan) { _ in
            .files(try target.render(plan, options: values(for: plan, changes)))
        }
        if changes.isEmpty { record.noteSupport(plan, trial) }
        return trial
    }

    /// What a deployment would do; nil where the target cannot tell.
    func preview(_ plan: SolutionPlan, _ changes: [String: String] = [:]) async -> Trial? {
        guard let target = target as? any Planning else { return nil }
        let trial = await trial("preview\(words(changes))", plan) { _ in
            .preview(try await target.preview(plan, options: values(for: plan, changes)))
        }
        if changes.isEmpty { record.noteSupport(plan, trial) }
        return trial
    }

    /// How a deployment is; nil where the target cannot tell.
    func status(_ plan: SolutionPlan, _ changes: [String: String] = [:]) async -> Trial? {
        guard let target = target as? any StatusReporting else { return nil }
        return await trial("status\(words(changes))", plan) { _ in
            .status(try await target.status(of: plan.reference, options: values(for: plan, changes)))
        }
    }

    /// Where a deployment of a plan goes; nil where the target does not say.
    func place(_ plan: SolutionPlan, _ changes: [String: String] = [:]) async -> Trial? {
        guard let target = target as? any Placing else { return nil }
        return await trial("place\(words(changes))", plan) { _ in
            .place(try target.place(for: values(for: plan, changes)))
        }
    }

    /// The values of an option; nil where the target cannot list them.
    func choices(for option: String, _ changes: [String: String] = [:]) async -> Trial? {
        guard let target = target as? any OptionChoosing else { return nil }
        let given = given(for: pipeline, changes)
        return await trial("choices of \(option)\(words(changes))") { _ in
            let given = try OptionValues(partial: given, for: manifest.options)
            return .choices(try await target.choices(for: option, given: given))
        }
    }

    /// Makes a target with a setting that nobody knows.
    func startWithUnknownSetting() async {
        _ = await trial("init with an unknown setting") { _ in
            var values = input.settings.values
            values["conformance-unknown"] = "yes"
            let services = record.services(allowing: input.allowedNetworks)
            return .target(try factory.make(settings: TargetSettings(values), services: services))
        }
    }

    /// Takes a deployment away; nil where the target cannot.
    @discardableResult
    func undeploy(
        _ plan: SolutionPlan,
        _ changes: [String: String] = [:],
        cancelling moment: TimedCall.Moment = .never,
        within limit: Duration? = nil
    ) async -> Trial? {
        guard let target = target as? any Undeploying else { return nil }
        let trial = await trial("undeploy\(words(changes))", plan, within: limit, cancelling: moment) { report in
            try await target.undeploy(plan.reference, options: values(for: plan, changes), report: report)
            return .nothing
        }
        record.noteUndeploying(plan, changes, trial)
        return trial
    }

    /// Starts what is deployed anew; nil where the target cannot.
    func rerun(
        _ plan: SolutionPlan,
        _ changes: [String: String] = [:],
        cancelling moment: TimedCall.Moment = .never,
        within limit: Duration? = nil
    ) async -> Trial? {
        guard let target = target as? any Rerunning else { return nil }
        return await trial("rerun\(words(changes))", plan, within: limit, cancelling: moment) { report in
            .outcome(try await target.rerun(plan, options: values(for: plan, changes), report: report))
        }
    }

    /// What nodes print; nil where the target cannot tell.
    func logs(
        _ plan: SolutionPlan,
        _ changes: [String: String] = [:],
        node: String? = nil,
        follow: Bool = false,
        cancelling moment: TimedCall.Moment = .never,
        within limit: Duration? = nil
    ) async -> Trial? {
        guard let target = target as? any LogReading else { return nil }
        let call = "logs\(words(changes))\(node.map { " of \($0) " } ?? "")\(follow ? " as they come " : "")"
        return await trial(call, plan, within: limit, cancelling: moment) { _ in
            let lines = Mutex<[LogLine]>([])
            let options = try values(for: plan, changes)
            try await target.logs(of: plan.reference, node: node, follow: follow, options: options) { line in
                lines.withLock { $0.append(line) }
            }
            return .lines(lines.withLock(\.self))
        }
    }

    /// Does several things at once, where each may wait for the environment, and returns what came of them in order.
    func concurrently<Item: Sendable, Result: Sendable>(
        _ items: [Item],
        _ work: @escaping @Sendable (Item) async -> Result
    ) async -> [Result] {
        var results: [Int: Result] = [:]
        await withTaskGroup(of: (Int, Result).self) { group in
            for (index, item) in items.enumerated() {
                if index >= 8, let (done, result) = await group.next() { results[done] = result }
                group.addTask { (index, await work(item)) }
            }
            for await (index, result) in group { results[index] = result }
        }
        return items.indices.compactMap { results[$0] }
    }

    private func words(_ changes: [String: String]) -> String {
        changes.isEmpty ? "" : " with another \(changes.keys.sorted().joined(separator: ", ")) "
    }
}
