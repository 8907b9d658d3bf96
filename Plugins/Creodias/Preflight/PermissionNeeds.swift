internal import Kubernetes
internal import Passes

/// What a deployment must be allowed to do in its namespace. Pure.
struct PermissionNeeds {
    private var needs: [(verb: String, kind: ObjectKind, subresource: String?)] = []

    init(plan: SolutionPlan, request: DeploymentRequest) {
        for kind in [ObjectKind.deployment, .service] + (request.exposure.way == .ingress ? [.ingress] : []) {
            // Server-side apply of a new object needs both.
            for verb in ["list", "create", "patch", "delete"] { needs.append((verb, kind, nil)) }
        }
        for verb in plan.sharedFolders.isEmpty ? [] : ["create", "patch"] { needs.append((verb, .claim, nil)) }
        if request.registry != nil {
            for verb in ["get", "create", "patch"] { needs.append((verb, .secret, nil)) }
        }
        for kind in NamespaceWatch.workloads {
            // Deployments are listed above.
            for verb in kind == .deployment ? ["watch"] : ["list", "watch"] { needs.append((verb, kind, nil)) }
        }
        if request.exposure.way == .loadBalancer { needs.append(("watch", .service, nil)) }
        if plan.orchestrator != nil {
            // One that is not fresh is restarted.
            needs.append(("delete", .pod, nil))
            needs.append(("get", .pod, "portforward"))
        }
    }

    /// As `verb resource`, in the order of need.
    func missing(in rules: AccessRules) -> [String] {
        needs.filter { !rules.permits($0.verb, $0.kind, subresource: $0.subresource) }.map { need in
            "\(need.verb) \(need.kind.resource)" + (need.subresource.map { "/\($0)" } ?? "")
        }
    }
}
