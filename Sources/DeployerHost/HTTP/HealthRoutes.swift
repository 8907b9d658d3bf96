internal import HTTPTypes
internal import Hummingbird

/// Probes: no token, no catalogue, no secrets.
struct HealthRoutes {
    let targets: TargetRegistry

    func add(to router: some RouterMethods<DeployerRequestContext>) {
        router.get("healthz") { _, _ in "ok\n" }
        router.get("readyz") { _, _ in readiness() }
    }

    /// Ready as long as every module that is marked required is there.
    private func readiness() -> Response {
        let missing = targets.missingRequired
        guard missing.isEmpty else {
            let problem = Problem(
                .serviceUnavailable,
                "Not ready",
                detail: "Required modules are not loaded: \(missing.joined(separator: ", "))."
            )
            return problem.response
        }
        return Response(status: .ok, body: .init(byteBuffer: ByteBuffer(string: "ready\n")))
    }
}
