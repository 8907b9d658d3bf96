internal import Blueprints
internal import Documents
internal import Kubernetes
internal import Manifests
internal import Passes
internal import TargetContract

/// Finds the web pages of a running solution, exposes them as asked for, and tells where they are reached.
struct WebExposure: Sendable {
    let plan: SolutionPlan
    let request: DeploymentRequest
    let connection: ClusterConnection
    let preflight: Preflight
    let applier: Applier
    let report: EventReporter
    /// How long a page may take to come up after its pod is ready.
    static let patience: Duration = .seconds(3)

    private var cluster: KubernetesClient { connection.api }
    private var solution: String { ManifestWriter.solutionLabel(plan.reference.solutionID) }

    /// Where a solution is reached in which a deployment changed nothing; sends no request.
    func known() -> [DeploymentOutcome.Link] { tell(preflight.view.live, found: preflight.exposed) }

    /// - Parameter made: takes each object as soon as it is made.
    func run(made: (ObjectIdentity) -> Void) async throws -> [DeploymentOutcome.Link] {
        let found = try await findPages()
        let exposed = found.union(preflight.exposed)
        let wanted = try preflight.objects.make(exposed: exposed)
        let kinds: [ObjectKind] = [.service, .ingress]
        let before = try await live()
        let work = WorkPlan(
            desired: wanted.filter { kinds.contains($0.kind) },
            live: before,
            solution: solution
        )
        try await applier.apply(work, made: made)
        if request.exposure.way == .loadBalancer { try await waitForBalancers() }
        tellAbsent(exposed)
        return tell(work.isEmpty ? before : try await live(), found: found)
    }

    /// Most nodes have no page, so this is no warning.
    private func tellAbsent(_ exposed: Set<String>) {
        let absent = plan.nodes.map(\.name).filter { !exposed.contains($0) }
        guard !absent.isEmpty else { return }
        let text =
            "no web page has answered at \(absent.joined(separator: ", ")); one that comes up later is found with the "
            + "option find-pages"
        report(DeploymentEvent(.information, text: text))
    }

    private func findPages() async throws -> Set<String> {
        let namespace = request.namespace
        let pods = try await explaining { () async throws(KubernetesError) in
            try await cluster.list(.pod, namespace: namespace).items
        }
        let probe = WebPageProbe(connection: connection, namespace: namespace, patience: Self.patience)
        let finding = await probe.find(among: plan.nodes, pods: pods)
        try Task.checkCancellation()
        if let obstacle = finding.obstacle {
            report(DeploymentEvent(.warning, text: "web pages cannot be looked for: \(obstacle)"))
        }
        return finding.answering
    }

    private func live() async throws -> [ObjectKind: [Document]] {
        let namespace = request.namespace
        async let services = explaining { () async throws(KubernetesError) in
            try await cluster.list(.service, namespace: namespace).items
        }
        async let ingresses = ClusterView.permitted { () async throws(KubernetesError) in
            try await cluster.list(.ingress, namespace: namespace).items
        }
        return [.service: try await services, .ingress: try await ingresses ?? []]
    }

    private func waitForBalancers() async throws {
        let names = try await live()[.service, default: []].filter { service in
            service["spec"]?["type"]?.string == "LoadBalancer" && Ownership(of: service, solution: solution) == .ours
        }.compactMap { $0["metadata"]?["name"]?.string }
        let wait = BalancerWait(
            cluster: cluster,
            namespace: request.namespace,
            services: names,
            patience: request.patience,
            report: report
        )
        try await wait.run()
    }

    /// Reports the pages, and how those without an address are reached.
    private func tell(_ live: [ObjectKind: [Document]], found: Set<String>) -> [DeploymentOutcome.Link] {
        let addresses = WebAddresses(live: live, nodes: preflight.nodes, solution: solution)
        let links = addresses.links
        for link in links { report(DeploymentEvent(.link, text: link.title, url: link.url)) }
        let linked = Set(addresses.pages.filter { $0.url != nil }.map(\.node))
        for node in plan.nodes.map(\.name) where found.contains(node) && !linked.contains(node) {
            let line = WebAddresses.forwarding(node, in: request.namespace)
            let text = "the web page of \(node) has no address outside of the cluster; reach it with: \(line)"
            report(DeploymentEvent(.information, node: node, text: text))
        }
        if plan.isSingleModel { tellInterface(live) }
        return links
    }

    /// Calling a single model is its purpose.
    private func tellInterface(_ live: [ObjectKind: [Document]]) {
        guard let node = plan.nodes.first,
            let service = live[.service]?.first(where: { $0["metadata"]?["name"]?.string == node.name })
        else { return }
        let text =
            if let address = WebAddresses.interface(of: service, nodes: preflight.nodes) {
                "the model answers gRPC calls at \(address)"
            } else {
                "the model is called through: "
                    + WebAddresses.forwarding(node.name, in: request.namespace, port: ContainerPort.api)
            }
        report(DeploymentEvent(.information, node: node.name, text: text))
    }
}
