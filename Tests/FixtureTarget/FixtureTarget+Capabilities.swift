import Blueprints
import Passes
import TargetContract

extension FixtureTarget: Placing {
    func place(for options: OptionValues) throws -> DeploymentPlace? {
        options.text("place").map { DeploymentPlace(server: "memory://fixture", namespace: $0) }
    }
}

extension FixtureTarget: Suggesting {
    func suggestions(for plan: SolutionPlan) -> [String: String] { ["text": "for \(plan.name)"] }
}

extension FixtureTarget: Planning {
    func preview(_ plan: SolutionPlan, options: OptionValues) async throws -> DeploymentPreview {
        try await FixtureOptions.failOrWait(options, services)
        let finding = DeploymentPreview.Finding(what: "The quota is small", why: "it allows 1 pod", remedy: "Raise it")
        return DeploymentPreview(
            environment: [.init(name: "cluster", value: "in memory")],
            changes: [
                .init(action: .created, kind: "Deployment", name: "new"),
                .init(
                    action: .changed,
                    kind: "Service",
                    name: "other",
                    fields: [.init(path: "spec.type", before: "\"ClusterIP\"", after: nil)]
                ),
                .init(action: .unchanged, kind: "Service", name: "same"),
                .init(action: .pruned, kind: "ConfigMap", name: "old"),
            ],
            warnings: [finding],
            obstacles: options.boolean("obstacle") ? [finding] : []
        )
    }
}

extension FixtureTarget: StatusReporting {
    func status(of solution: SolutionReference, options: OptionValues) async throws -> DeploymentStatus {
        try FixtureOptions.checkSecret(of: options)
        try await FixtureOptions.failOrWait(options, services)
        let state = options.text("state").flatMap(DeploymentStatus.State.init) ?? .running
        let length = options.text("document").map { "\($0.utf8.count) bytes" }
        return DeploymentStatus(
            state: state,
            nodes: [.init(name: "model", state: state, reason: length, remedy: options.text("text"))],
            links: [.init(title: "Web page", url: "http://127.0.0.1:30001/")]
        )
    }
}

extension FixtureTarget: LogReading {
    func logs(
        of solution: SolutionReference,
        node: String?,
        follow: Bool,
        options: OptionValues,
        line: @escaping @Sendable (LogLine) -> Void
    ) async throws {
        try FixtureOptions.checkSecret(of: options)
        for name in ["model", "orchestrator"] where node == nil || node == name {
            line(LogLine(node: name, text: "\(name) is ready"))
        }
        try await FixtureOptions.failOrWait(options, services)
    }
}

extension FixtureTarget: Undeploying {
    func undeploy(_ solution: SolutionReference, options: OptionValues, report: @escaping EventReporter) async throws {
        try FixtureOptions.checkSecret(of: options)
        report(DeploymentEvent(.removing, text: "Removing objects"))
        try await FixtureOptions.failOrWait(options, services)
    }
}

extension FixtureTarget: Rerunning {
    func rerun(
        _ plan: SolutionPlan,
        options: OptionValues,
        report: @escaping EventReporter
    ) async throws -> DeploymentOutcome {
        try FixtureOptions.checkSecret(of: options)
        report(DeploymentEvent(.starting, text: "Running the pipeline"))
        try await FixtureOptions.failOrWait(options, services)
        return DeploymentOutcome(state: .running)
    }
}
