internal import Documents
internal import HTTPTypes
internal import Hummingbird
internal import Passes
internal import TargetContract

/// `POST /api/v1/plans`: what would be deployed. `POST /api/v1/previews`: what a deployment would change where it goes.
struct PlanRoutes {
    let live: LiveDeployer

    func add(to router: some RouterMethods<DeployerRequestContext>) {
        router.post("api/v1/plans") { request, context in try await plan(request, context) }
        router.post("api/v1/previews") { request, context in try await preview(request, context) }
    }

    private func plan(_ request: Request, _ context: DeployerRequestContext) async throws -> Response {
        let body = try await SolutionRequest(request, context: context)
        let deployer = live.current
        let target = try deployer.target(body.target, for: context.session?.user)
        // A plan needs no credentials: what is given is checked, and nothing more.
        let options = try target.completed(body.options, for: context.signedIn().user)
        _ = try OptionValues(partial: options, for: target.manifest.options)
        let plan = try await deployer.planner.plan(body.reference, for: target, user: context.catalogueUser)
        try target.checkLimits(of: plan)
        return Response(json: [
            "target": .string(target.manifest.id), "digest": .string(try plan.digest()),
            "plan": try Document(encoding: plan),
        ])
    }

    private func preview(_ request: Request, _ context: DeployerRequestContext) async throws -> Response {
        let body = try await SolutionRequest(request, context: context)
        let deployer = live.current
        let target = try deployer.target(body.target, for: context.session?.user)
        let (plan, preview) = try await deployer.preview(
            body.reference,
            targetID: target.manifest.id,
            options: try target.completed(body.options, for: context.signedIn().user),
            user: context.catalogueUser
        )
        var answer: DocumentObject = [
            "target": .string(target.manifest.id), "digest": .string(try plan.digest()),
        ]
        for member in try Document(encoding: preview).object?.members ?? [] { answer[member.key] = member.value }
        return Response(json: .object(answer))
    }
}

extension Deployer {
    /// The target that a request for new work names.
    /// - Parameters:
    ///   - id: nil for the default one.
    ///   - user: who makes the request.
    /// - Throws: `Problem` with status 404, or `TargetUseRefusal`.
    func target(_ id: String?, for user: UserIdentity?) throws -> LoadedTarget {
        let id = id ?? targets.defaultID
        guard let target = targets[id] else { throw Problem.unknownTarget(id) }
        try target.admit(user)
        return target
    }
}
