internal import Documents
internal import Hummingbird
internal import TargetContract

/// `POST /api/v1/choices`: values that an option of a target can have at the moment. A POST because secrets may be
/// needed to find out; nothing is changed or kept.
struct ChoiceRoutes {
    let live: LiveDeployer

    func add(to router: some RouterMethods<DeployerRequestContext>) {
        router.post("api/v1/choices") { request, context in try await choices(request, context) }
    }

    private func choices(_ request: Request, _ context: DeployerRequestContext) async throws -> Response {
        let body = try await RequestObject(request, context: context, known: ["target", "option", "options"])
        let deployer = live.current
        let target = try deployer.target(try body.text("target"), for: context.session?.user)
        guard let option = try body.text("option"), !option.isEmpty else {
            throw RequestObject.malformed("option", "must be the name of an option")
        }
        let choices = try await deployer.operations.choices(
            for: option,
            targetID: target.manifest.id,
            options: try target.completed(body.options(), for: context.signedIn().user)
        )
        return Response(json: ["choices": try Document(encoding: choices)])
    }
}
