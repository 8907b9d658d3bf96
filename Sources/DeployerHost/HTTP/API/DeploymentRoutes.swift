internal import TargetContract
internal import Documents
internal import HTTPTypes
internal import Hummingbird

/// `/api/v1/deployments`: deployments are made, listed, looked at, ended, started again and taken away.
struct DeploymentRoutes {
    let engine: DeploymentEngine
    let live: LiveDeployer

    func add(to router: some RouterMethods<DeployerRequestContext>) {
        router.post("api/v1/deployments") { request, context in try await create(request, context) }
        router.get("api/v1/deployments") { request, context in try await list(request, context) }
        router.get("api/v1/deployments/:id") { _, context in try await show(context) }
        router.delete("api/v1/deployments/:id") { request, context in try await again(.undeploy, request, context) }
        router.post("api/v1/deployments/:id/rerun") { request, context in try await again(nil, request, context) }
        router.post("api/v1/deployments/:id/cancel") { _, context in
            let record = try await engine.cancel(context.deploymentID(), by: context.signedIn())
            return Response(json: try record.document(), status: .accepted)
        }
        router.get("api/v1/deployments/:id/artifact") { _, context in try await artifact(context) }
    }

    private func create(_ request: Request, _ context: DeployerRequestContext) async throws -> Response {
        let body = try await SolutionRequest(request, context: context)
        let deployer = live.current
        let targetID = body.target ?? deployer.targets.defaultID
        guard deployer.targets[targetID] != nil else { throw Problem.unknownTarget(targetID) }
        let submission = DeploymentSubmission(
            deployer: deployer,
            session: try context.signedIn(),
            reference: body.reference,
            target: targetID,
            options: body.options,
            key: try request.idempotencyKey()
        )
        let (record, isNew) = try await engine.submit(submission)
        var response = Response(json: try record.document(), status: isNew ? .accepted : .ok)
        response.headers[.location] = "\(request.uri.path.hasSuffix("/") ? "" : "deployments/")\(record.id)"
        return response
    }

    private func list(_ request: Request, _ context: DeployerRequestContext) async throws -> Response {
        let query = try DeploymentQuery(request, for: try context.signedIn())
        let (records, next) = try await engine.page(query)
        return Response(json: [
            "deployments": .array(try records.map { try $0.document() }), "next": next.map(Document.string) ?? .null,
        ])
    }

    private func show(_ context: DeployerRequestContext) async throws -> Response {
        let view = try await engine.view(context.deploymentID(), for: context.signedIn())
        return Response(json: try view.record.document(with: view.progress, plan: view.plan))
    }

    private func again(
        _ operation: DeploymentOperation?,
        _ request: Request,
        _ context: DeployerRequestContext
    ) async throws -> Response {
        let body = try await RequestObject(request, context: context, known: ["options"], isOptional: true)
        let record = try await engine.request(
            operation,
            of: context.deploymentID(),
            options: try body.options(),
            by: context.signedIn(),
            in: live.current
        )
        return Response(json: try record.document(), status: .accepted)
    }

    private func artifact(_ context: DeployerRequestContext) async throws -> Response {
        let file = try await engine.artifact(of: context.deploymentID(), for: context.signedIn(), in: live.current)
        return Response(file: file)
    }
}

extension DeployerRequestContext {
    /// Who makes the request.
    /// - Throws: `TokenError` where nobody is signed in.
    func signedIn() throws(TokenError) -> Session {
        guard let session else { throw TokenError.missing }
        return session
    }

    /// The id in the path; what is no id is the id of no deployment.
    func deploymentID() throws(EngineError) -> String {
        guard let id = parameters.get("id"), DeploymentID.isValid(id) else { throw EngineError.unknown }
        return id
    }
}

extension Request {
    /// The header `Idempotency-Key`.
    /// - Throws: `Problem` with status 400 for one that is too long or holds other than visible ASCII.
    fileprivate func idempotencyKey() throws(Problem) -> String? {
        guard let key = headers[.idempotencyKey] else { return nil }
        guard (1...128).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw Problem(
                .badRequest,
                "The request cannot be used",
                detail: "The header Idempotency-Key must have 1 to 128 visible ASCII characters."
            )
        }
        return key
    }
}

extension DeploymentQuery {
    /// The query `?state=&target=&owner=me&limit=&before=`. Users see their own deployments, administrators all.
    /// - Throws: `Problem` with status 400.
    init(_ request: Request, for session: Session) throws(Problem) {
        let parameters = try RequestQuery(request, known: ["state", "target", "owner", "limit", "before"])
        if let text = parameters["state"] {
            guard let state = DeploymentState(rawValue: text) else {
                let known = DeploymentState.allCases.map(\.rawValue).joined(separator: ", ")
                throw RequestObject.malformed("state", "must be one of \(known)")
            }
            self.state = state
        }
        target = try parameters.name("target")
        if let id = parameters["before"] {
            guard DeploymentID.isValid(id) else {
                throw RequestObject.malformed("before", "must be the id of a deployment")
            }
            before = id
        }
        if let text = parameters["limit"] {
            guard let limit = Int(text), (1...200).contains(limit) else {
                throw RequestObject.malformed("limit", "must be a number from 1 to 200")
            }
            self.limit = limit
        }
        let owner = parameters["owner"]
        if let owner, owner != "me" { throw RequestObject.malformed("owner", "must be \"me\"") }
        if !session.user.isAdministrator || owner != nil { self.owner = session.user.userID }
    }
}
