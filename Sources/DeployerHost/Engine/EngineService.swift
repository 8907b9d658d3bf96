internal import ServiceLifecycle

/// The engine as a service of the process: works until the process is asked to stop, then drains. The platform is told
/// of what has ended meanwhile.
struct EngineService: Service {
    let engine: DeploymentEngine
    let reporter: PlatformReporter?

    func run() async throws {
        try await engine.start()
        try? await gracefulShutdown()
        await engine.drain()
        await reporter?.stop()
    }
}
