internal import ServiceLifecycle

/// The engine as a service of the process: works until the process is asked to stop, then drains.
struct EngineService: Service {
    let engine: DeploymentEngine

    func run() async throws {
        try await engine.start()
        try? await gracefulShutdown()
        await engine.drain()
    }
}
