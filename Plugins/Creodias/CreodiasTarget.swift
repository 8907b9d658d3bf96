public import Blueprints
public import Passes
public import TargetContract
internal import Kubernetes
internal import Transport

/// Deploys to Kubernetes clusters, as OpenStack Magnum makes them on CREODIAS, into a namespace: with a pasted
/// kubeconfig, or with a certificate that it has made for itself.
public struct CreodiasTarget: DeploymentTarget {
    public static let manifest = TargetManifest(
        id: "creodias",
        name: "Kubernetes on CREODIAS",
        summary: "Deploys to your own Kubernetes cluster, waits until everything is ready, and runs the pipeline.",
        version: "1.0.0",
        capabilities: [
            "planning/v1", "undeploying/v1", "status-reporting/v1", "log-reading/v1", "rerunning/v1", "placing/v1",
            "suggesting/v1", "option-choosing/v1", "resuming/v1", "openstack-clouds/v1",
        ],
        options: ClusterOptions.all
    )

    let settings: CreodiasSettings

    public init(settings: TargetSettings, services: TargetServices) throws {
        self.settings = try CreodiasSettings(settings, services)
    }

    public func deploy(
        _ plan: SolutionPlan,
        options: OptionValues,
        report: @escaping EventReporter
    ) async throws -> DeploymentOutcome {
        let request = try DeploymentRequest(options, settings: settings)
        try request.check(against: plan)
        let connection = try await ClusterConnection.open(options, settings: settings)
        defer { connection.access.shutdown() }
        let deployment = ClusterDeployment(plan: plan, request: request, connection: connection, report: report)
        return try await deployment.run()
    }
}

extension CreodiasTarget: Placing {
    public func place(for options: OptionValues) throws -> DeploymentPlace? {
        let request = try DeploymentRequest(options, settings: settings)
        return DeploymentPlace(server: try server(for: options), namespace: request.namespace)
    }

    /// The URL of the API server; for a cluster of a cloud, whose URL nobody knows without a call, `magnum://` with
    /// cloud, region and cluster. So one cluster is two places for the host if it is reached both ways; the Lease in
    /// the namespace keeps such deployments apart.
    ///
    /// A name is unique in one project only, so the credential goes with it, as its project is not known either.
    private func server(for options: OptionValues) throws(TargetError) -> String {
        guard ClusterConnection.isOfCloud(options) else { return try ClusterConnection.kubeconfig(options).server }
        let cloud = try settings.clouds.cloud(options)
        let region = try settings.clouds.region(options, of: cloud) ?? "-"
        let name = options.text("cluster") ?? ""
        let project = UUIDText.isValid(name) ? "" : options.text("credential-id").map { "\($0)@" } ?? ""
        return "magnum://\(project)\(cloud.name)/\(region)/\(name)"
    }
}

extension CreodiasTarget: OptionChoosing {
    public func choices(for option: String, given: OptionValues) async throws -> [OptionChoice] {
        try await ClusterChoices(clouds: settings.clouds, policy: settings.policy).choices(for: option, given)
    }
}

extension CreodiasTarget: Resuming {
    /// With the administrator's credential for the cloud nothing is missing.
    public func canResume(with options: OptionValues) -> Bool {
        guard ClusterConnection.isOfCloud(options), options.text("credential-id") == nil else { return false }
        return (try? settings.clouds.cloud(options).credential) != nil
    }
}

extension CreodiasTarget: Suggesting {
    /// A namespace named after the solution, so that its next revision goes to the same.
    public func suggestions(for plan: SolutionPlan) -> [String: String] {
        ["namespace": ObjectName.repairing(plan.name, fallback: "solution")]
    }
}

extension CreodiasTarget: Planning {
    public func preview(_ plan: SolutionPlan, options: OptionValues) async throws -> DeploymentPreview {
        let request = try DeploymentRequest(options, settings: settings)
        try request.check(against: plan)
        let connection = try await ClusterConnection.open(options, settings: settings)
        defer { connection.access.shutdown() }
        let preflight = try await Preflight(plan, request: request, cluster: connection.api)
        let namespace = DeploymentPreview.ObjectChange(action: .created, kind: "Namespace", name: request.namespace)
        return DeploymentPreview(
            environment: connection.facts + [.init(name: "namespace", value: request.namespace)],
            changes: (preflight.state == .absent ? [namespace] : []) + preflight.work.changes,
            warnings: preflight.warnings,
            obstacles: preflight.obstacles
        )
    }
}

extension CreodiasTarget: Undeploying {
    public func undeploy(
        _ solution: SolutionReference,
        options: OptionValues,
        report: @escaping EventReporter
    ) async throws {
        let request = try DeploymentRequest(options, settings: settings)
        let connection = try await ClusterConnection.open(options, settings: settings)
        defer { connection.access.shutdown() }
        let removal = Removal(
            cluster: connection.api,
            namespace: request.namespace,
            solution: solution,
            deletesVolumes: request.deletesVolumes,
            patience: request.patience,
            report: report
        )
        try await removal.run()
    }
}

extension CreodiasTarget: StatusReporting {
    public func status(of solution: SolutionReference, options: OptionValues) async throws -> DeploymentStatus {
        let request = try DeploymentRequest(options, settings: settings)
        let connection = try await ClusterConnection.open(options, settings: settings)
        defer { connection.access.shutdown() }
        return try await StatusReader(cluster: connection.api, namespace: request.namespace, solution: solution).read()
    }
}

extension CreodiasTarget: LogReading {
    public func logs(
        of solution: SolutionReference,
        node: String?,
        follow: Bool,
        options: OptionValues,
        line: @escaping @Sendable (LogLine) -> Void
    ) async throws {
        let request = try DeploymentRequest(options, settings: settings)
        let connection = try await ClusterConnection.open(options, settings: settings)
        defer { connection.access.shutdown() }
        let reader = LogReader(cluster: connection.api, namespace: request.namespace, solution: solution)
        try await reader.read(node: node, follow: follow, line: line)
    }
}

extension CreodiasTarget: Rerunning {
    public func rerun(
        _ plan: SolutionPlan,
        options: OptionValues,
        report: @escaping EventReporter
    ) async throws -> DeploymentOutcome {
        let request = try DeploymentRequest(options, settings: settings)
        let connection = try await ClusterConnection.open(options, settings: settings)
        defer { connection.access.shutdown() }
        guard let orchestrator = plan.orchestrator else {
            throw TargetError(
                .unsupported,
                what: "A single model cannot be run again",
                why: "it serves calls as long as it is deployed",
                remedy: "Call it, or deploy it again"
            )
        }
        let preflight = try await Preflight(plan, request: request, cluster: connection.api)
        guard preflight.state == .ours, !preflight.work.works.contains(where: \.isNeeded) else {
            throw TargetError(
                .conflict,
                what: "The pipeline cannot be run again",
                why: "what is deployed in \(request.namespace) is not this revision with these options",
                remedy: "Deploy it first"
            )
        }
        let lease = try await NamespaceLease.take(connection.api, namespace: request.namespace, report: report)
        let run = OrchestratorRun(
            plan: plan,
            orchestrator: orchestrator,
            request: request,
            connection: connection,
            report: report
        )
        do {
            try await run.run(isAnew: true)
            await lease.release()
        } catch {
            await lease.release()
            throw error
        }
        return DeploymentOutcome(state: .running)
    }
}
