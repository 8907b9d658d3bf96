internal import HTTPTypes
internal import Blueprints
internal import Documents
internal import Hummingbird
internal import Passes
internal import TargetContract

/// `POST /api/v1/plans` with `{solutionId, revisionId, target?, options?}`: what a deployment would do, as JSON.
struct PlanRoutes {
    let deployer: Deployer

    func add(to router: some RouterMethods<DeployerRequestContext>) {
        router.post("api/v1/plans") { request, context in try await plan(request, context) }
    }

    private func plan(_ request: Request, _ context: DeployerRequestContext) async throws -> Response {
        let body = try await PlanRequest(request, context: context)
        let id = body.target ?? deployer.targets.defaultID
        guard let target = deployer.targets[id] else { throw Problem.unknownTarget(id) }
        _ = try OptionValues(body.options, for: target.manifest.options)
        let plan = try await deployer.planner.plan(body.reference, for: target.target, user: context.catalogueUser)
        return Response(json: [
            "target": .string(id), "digest": .string(try plan.digest()), "plan": try Document(encoding: plan),
        ])
    }
}

/// The body of a request for a plan.
struct PlanRequest {
    let reference: SolutionReference
    let target: String?
    let options: [String: String]

    /// Reads the body.
    /// - Throws: `Problem`: 415 for another content type, 400 for anything that is not such an object.
    init(_ request: Request, context: DeployerRequestContext) async throws {
        let mediaType = request.headers[.contentType]?.split(separator: ";").first?.lowercased() ?? ""
        guard mediaType.split(separator: " ") == ["application/json"] else {
            throw Problem(
                .unsupportedMediaType,
                "The request is not JSON",
                detail: "The body must be JSON with the header Content-Type: application/json."
            )
        }
        let buffer = try await request.body.collect(upTo: context.maxUploadSize)
        let document: Document
        do {
            document = try Document(json: Array(buffer.readableBytesView), limits: .request)
        } catch {
            throw Problem(.badRequest, "The request cannot be read", detail: "\(error).")
        }
        guard let object = document.object else { throw Self.malformed(nil, "must be an object") }
        for key in object.keys where !["solutionId", "revisionId", "target", "options"].contains(key) {
            throw Self.malformed(key, "is unknown; known are solutionId, revisionId, target, options")
        }
        let solution = try Self.text("solutionId", of: object) ?? ""
        let revision = try Self.text("revisionId", of: object) ?? ""
        guard let reference = SolutionReference(solutionID: solution, revisionID: revision) else {
            let field = SolutionReference(solutionID: solution, revisionID: "x") == nil ? "solutionId" : "revisionId"
            throw Self.malformed(field, "must have 1 to 36 letters, digits, dashes, underscores or dots")
        }
        self.reference = reference
        target = try Self.text("target", of: object)
        options = try Self.options(of: object)
    }

    private static func text(_ key: String, of object: DocumentObject) throws -> String? {
        guard let value = object[key], !value.isNull else { return nil }
        guard let text = value.string else { throw malformed(key, "must be a string, not \(value.kindName)") }
        return text
    }

    /// Options as strings; numbers and booleans may be written as such.
    private static func options(of object: DocumentObject) throws -> [String: String] {
        guard let value = object["options"], !value.isNull else { return [:] }
        guard let members = value.object?.members else {
            throw malformed("options", "must be an object, not \(value.kindName)")
        }
        return try members.reduce(into: [:]) { options, member in
            switch member.value {
            case .null: break
            case .string(let text): options[member.key] = text
            case .bool(let flag): options[member.key] = flag ? "true" : "false"
            case .number(let number): options[member.key] = number.text
            default: throw malformed("options.\(member.key)", "must be a string, a number or a boolean")
            }
        }
    }

    private static func malformed(_ field: String?, _ problem: String) -> Problem {
        Problem(.badRequest, "The request cannot be used", detail: "\(field ?? "The body") \(problem).", field: field)
    }
}
