internal import Blueprints
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
        await trial("deploy\(words(changes))", plan, within: limit, cancelling: moment) { report in
            .outcome(try await target.deploy(plan, options: values(for: plan, changes), report: report))
        }
    }

    /// What the target can say of a plan without deploying it: by rendering, by a preview, or both. Nil where it can do
    /// neither.
    func look(_ plan: SolutionPlan, _ changes: [String: String] = [:]) async -> [Trial] {
        [await render(plan, changes), await preview(plan, changes)].compactMap(\.self)
    }

    /// The files of a plan; nil where the target has none.
    func render(_ plan: SolutionPlan, _ changes: [String: String] = [:]) async -> Trial? {
        guard let target = target as? any Rendering else { return nil }
        return await trial("render\(words(changes))", plan) { _ in
            .files(try target.render(plan, options: values(for: plan, changes)))
        }
    }

    /// What a deployment would do; nil where the target cannot tell.
    func preview(_ plan: SolutionPlan, _ changes: [String: String] = [:]) async -> Trial? {
        guard let target = target as? any Planning else { return nil }
        return await trial("preview\(words(changes))", plan) { _ in
            .preview(try await target.preview(plan, options: values(for: plan, changes)))
        }
    }

    /// How a deployment is; nil where the target cannot tell.
    func status(_ plan: SolutionPlan) async -> Trial? {
        guard let target = target as? any StatusReporting else { return nil }
        return await trial("status", plan) { _ in
            .status(try await target.status(of: plan.reference, options: values(for: plan)))
        }
    }

    /// Takes a deployment away; nil where the target cannot.
    @discardableResult
    func undeploy(
        _ plan: SolutionPlan,
        cancelling moment: TimedCall.Moment = .never,
        within limit: Duration? = nil
    ) async -> Trial? {
        guard let target = target as? any Undeploying else { return nil }
        return await trial("undeploy", plan, within: limit, cancelling: moment) { report in
            try await target.undeploy(plan.reference, options: values(for: plan), report: report)
            return .nothing
        }
    }

    /// Starts what is deployed anew; nil where the target cannot.
    func rerun(
        _ plan: SolutionPlan,
        cancelling moment: TimedCall.Moment = .never,
        within limit: Duration? = nil
    ) async -> Trial? {
        guard let target = target as? any Rerunning else { return nil }
        return await trial("rerun", plan, within: limit, cancelling: moment) { report in
            .outcome(try await target.rerun(plan, options: values(for: plan), report: report))
        }
    }

    /// What nodes print; nil where the target cannot tell.
    func logs(
        _ plan: SolutionPlan,
        node: String? = nil,
        follow: Bool = false,
        cancelling moment: TimedCall.Moment = .never,
        within limit: Duration? = nil
    ) async -> Trial? {
        guard let target = target as? any LogReading else { return nil }
        let call = "logs\(node.map { " of \($0) " } ?? "")\(follow ? " as they come " : "")"
        return await trial(call, plan, within: limit, cancelling: moment) { _ in
            let lines = Mutex<[LogLine]>([])
            try await target.logs(of: plan.reference, node: node, follow: follow, options: values(for: plan)) { line in
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
