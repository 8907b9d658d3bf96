internal import ServiceLifecycle

/// The engine as a service of the process: it was started before, and drains when the process is asked to stop.
struct EngineService: Service {
    let engine: DeploymentEngine

    func run() async throws {
        try? await gracefulShutdown()
        await engine.drain()
    }
}
