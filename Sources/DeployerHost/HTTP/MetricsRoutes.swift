internal import HTTPTypes
internal import Hummingbird

/// `GET /metrics`: what the host tells Prometheus of itself.
struct MetricsRoutes {
    let metrics: HostMetrics
    let engine: DeploymentEngine

    func add(to router: some RouterMethods<DeployerRequestContext>) {
        router.get("metrics") { _, _ in
            let load = await engine.load
            metrics.setActiveDeployments(load.active)
            metrics.setQueueLength(load.queued)
            return Response(
                status: .ok,
                headers: [.contentType: PrometheusText.contentType],
                body: .init(byteBuffer: ByteBuffer(bytes: metrics.text()))
            )
        }
    }
}
