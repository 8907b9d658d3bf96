internal import ServiceLifecycle

/// The engine as a service of the process: it was started before, and drains when the process is asked to stop. The
/// platform is told of what has ended meanwhile.
struct EngineService: Service {
    let engine: DeploymentEngine
    let reporter: PlatformReporter?

    func run() async throws {
        try? await gracefulShutdown()
        await engine.drain()
        await reporter?.stop()
    }
}
