internal import HTTPTypes
internal import Hummingbird

/// Probes: no token, no catalogue, no secrets.
struct HealthRoutes {
    let live: LiveDeployer
    let engine: DeploymentEngine

    func add(to router: some RouterMethods<DeployerRequestContext>) {
        router.get("healthz") { _, _ in "ok\n" }
        router.get("readyz") { _, _ in await readiness() }
    }

    /// Ready as long as every module that is marked required is there. Which is missing is not for everybody.
    private func readiness() async -> Response {
        if await engine.isDraining { return Problem(EngineError.draining).response }
        guard live.current.targets.missingRequired.isEmpty else {
            let problem = Problem(
                .serviceUnavailable,
                "Not ready",
                detail: "A required module is not loaded; api/v1/targets tells an administrator which, and why."
            )
            return problem.response
        }
        return Response(
            status: .ok,
            headers: [.contentType: "text/plain; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: "ready\n"))
        )
    }
}
