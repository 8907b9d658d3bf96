internal import Blueprints
internal import Documents
internal import Kubernetes
internal import Manifests
internal import Passes
internal import TargetContract

/// Looks at a cluster before anything is written, and decides what a deployment has to do there.
struct Preflight {
    let view: ClusterView
    let state: NamespaceState
    let storage: StorageChoice
    let objects: SolutionObjects
    let work: WorkPlan
    let nodes: NodeView?
    /// Names of nodes whose web page an earlier run has found. Further ones are found out when the pods run.
    let exposed: Set<String>
    var warnings: [DeploymentPreview.Finding] = []
    var obstacles: [DeploymentPreview.Finding] = []

    init(_ plan: SolutionPlan, request: DeploymentRequest, cluster: KubernetesClient) async throws {
        let solution = ManifestWriter.solutionLabel(plan.reference.solutionID)
        let view = try await ClusterView(
            cluster,
            namespace: request.namespace,
            solution: solution,
            needsStorage: !plan.sharedFolders.isEmpty,
            secret: RegistryLogin.secretName
        )
        self.view = view
        let contents = [ObjectKind.deployment, .service, .claim].flatMap { kind in
            (view.live[kind] ?? []).map { (kind: kind.kind, object: $0) }
        }
        state = NamespaceState(namespace: view.namespace, objects: contents, pods: view.pods, solution: solution)
        let found = StorageChoice(
            access: request.volumeAccess,
            storageClass: request.storageClass,
            classes: view.classes
        )
        storage = ExistingClaims.keeping(found, claims: view.live[.claim] ?? [], plan: plan)
        exposed = ExposedNodes.names(in: view.live, solution: solution)
        objects = SolutionObjects(
            plan: plan,
            request: request,
            storage: storage,
            usesPullSecret: request.registry != nil || !(view.live[.secret] ?? []).isEmpty
        )
        work = WorkPlan(desired: try objects.make(exposed: exposed), live: view.live, solution: solution)
        nodes = view.nodes.map(NodeView.init)
        judge(plan, request)
    }

    /// Whether everything is as it is wanted, and ready.
    var isSettled: Bool {
        guard work.isEmpty else { return false }
        var snapshot = ClusterSnapshot()
        snapshot.replace(.deployment, with: view.live[.deployment] ?? [])
        let now = Timestamp.now.seconds
        return objects.plan.deploymentNames.allSatisfy {
            Readiness.deployment(named: $0, in: snapshot, at: now).state == .ready
        }
    }

    private mutating func judge(_ plan: SolutionPlan, _ request: DeploymentRequest) {
        judgeNamespace(request.namespace)
        judgePermissions(plan, request)
        judgeCluster(plan, request)
        judgeQuota()
    }

    private mutating func judgeNamespace(_ name: String) {
        switch state {
        case .empty, .ours: break
        case .absent:
            if view.mayCreateNamespace == false {
                obstacles.append(
                    .init(
                        what: "The namespace \(name) cannot be made",
                        why: "it is not there, and the user may not create namespaces",
                        remedy: "Have it made by the cluster's administrator, or take one that is there"
                    )
                )
            }
        case .otherSolution(let id):
            obstacles.append(
                .init(
                    what: "The namespace \(name) holds another solution",
                    why: "a namespace holds one solution, and the solution \(id) is deployed there",
                    remedy: "Take another namespace, or undeploy that solution first"
                )
            )
        case .foreign(let what):
            obstacles.append(
                .init(
                    what: "The namespace \(name) is in use by others",
                    why: "it holds what this software did not make: \(what)",
                    remedy: "Take a namespace that is empty or not there yet"
                )
            )
        case .terminating:
            obstacles.append(
                .init(
                    what: "The namespace \(name) is being deleted",
                    why: "nothing can be made in it any more",
                    remedy: "Wait until it is gone, or take another one"
                )
            )
        }
    }

    private mutating func judgePermissions(_ plan: SolutionPlan, _ request: DeploymentRequest) {
        let missing = PermissionNeeds(plan: plan, request: request).missing(in: view.rules)
        guard !missing.isEmpty, view.mayDoAll != true else { return }
        let finding = DeploymentPreview.Finding(
            what: "The user lacks permissions in \(request.namespace)",
            why: "missing are: \(missing.joined(separator: ", "))",
            remedy: "Ask the cluster's administrator for the role edit in this namespace, or use other credentials"
        )
        // An authorizer that cannot list its rules may permit more.
        if view.rules.isIncomplete { warnings.append(finding) } else { obstacles.append(finding) }
    }

    private mutating func judgeCluster(_ plan: SolutionPlan, _ request: DeploymentRequest) {
        if let nodes, nodes.ready.isEmpty {
            add(
                .init(
                    what: "The cluster has no ready node",
                    why: "pods wait until one is there",
                    remedy: "Look at kubectl get nodes, or enlarge the cluster"
                ),
                asObstacle: request.isStrict
            )
        }
        guard !plan.sharedFolders.isEmpty else { return }
        if storage.isWithoutClass {
            let why = request.storageClass.map { "there is no class \($0.prefix(60))" } ?? "there is no default class"
            add(
                .init(
                    what: "No storage class for shared folders was found",
                    why: why,
                    remedy: "Give the option storage-class; kubectl get storageclass lists them"
                ),
                asObstacle: request.isStrict
            )
        } else if let note = storage.note {
            let folders = plan.sharedFolders.map(\.originalName).joined(separator: ", ")
            warnings.append(
                .init(
                    what: "Shared folders (\(folders)) are made as \(storage.accessMode)",
                    why: note,
                    remedy: "Choose another class with storage-class where the cluster has one"
                )
            )
        }
    }

    private mutating func judgeQuota() {
        let new = work.works.reduce(into: [ObjectKind: [Document]]()) { objects, work in
            if case .create = work.action { objects[work.object.kind, default: []].append(work.object.document) }
        }
        let check = QuotaCheck(quotas: view.quotas, new: new)
        for excess in check.excesses {
            obstacles.append(
                .init(
                    what: "The solution does not fit into the namespace's quota",
                    why: excess,
                    remedy: "Free quota or have it raised"
                )
            )
        }
        guard !check.demands.isEmpty else { return }
        warnings.append(
            .init(
                what: "The namespace's quota demands amounts that are not set",
                why: "containers without \(check.demands.joined(separator: ", ")) are refused, unless a LimitRange of "
                    + "the namespace fills them in",
                remedy: "Set cpu and memory for * in node-settings"
            )
        )
    }

    private mutating func add(_ finding: DeploymentPreview.Finding, asObstacle: Bool) {
        if asObstacle { obstacles.append(finding) } else { warnings.append(finding) }
    }
}
