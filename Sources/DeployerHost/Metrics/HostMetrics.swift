/// What a host tells Prometheus of itself.
struct HostMetrics: Sendable {
    private var registry = MetricRegistry(prefix: Self.prefix)
    private let endedDeployments: Counter
    private let activeDeployments: Gauge
    private let phaseSeconds: Histogram
    private let queueLength: Gauge
    private let eventStreams: Gauge
    private let requests: Counter
    private let requestSeconds: Histogram
    private let moduleFailures: Counter
    private let reloads: Counter
    private let reloadSucceeded: Gauge
    private let restartNeeded: Gauge

    private static let prefix = "graphene_deployer"
    /// What else a client sends as a method is told as `other`: it may send anything.
    private static let methods: Set<String> = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

    /// - Parameter version: of the host.
    init(version: String) {
        endedDeployments = registry.add(
            Counter(
                "\(Self.prefix)_deployments_total", help: "Deployments that have ended, by the state they ended in.",
                labels: ["target", "state"]))
        activeDeployments = registry.add(
            Gauge("\(Self.prefix)_active_deployments", help: "Deployments that are under way.", labels: ["state"]))
        phaseSeconds = registry.add(
            Histogram(
                "\(Self.prefix)_phase_seconds", help: "How long phases of deployments took.",
                labels: ["target", "phase"],
                bounds: [0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1_800, 3_600]))
        queueLength = registry.add(
            Gauge("\(Self.prefix)_queue_length", help: "Deployments that wait for their turn."))
        eventStreams = registry.add(
            Gauge("\(Self.prefix)_event_streams", help: "Clients that follow the events of a deployment."))
        requests = registry.add(
            Counter(
                "\(Self.prefix)_http_requests_total", help: "Requests that have been answered.",
                labels: ["method", "route", "status"]))
        requestSeconds = registry.add(
            Histogram(
                "\(Self.prefix)_http_request_seconds", help: "Time until the answer to a request began.",
                labels: ["route"], bounds: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]))
        moduleFailures = registry.add(
            Counter(
                "\(Self.prefix)_module_load_failures_total", help: "Target modules that were rejected.",
                labels: ["module", "stage"]))
        reloads = registry.add(
            Counter(
                "\(Self.prefix)_configuration_reloads_total",
                help: "How often the configuration was read again, by what became of that.", labels: ["outcome"]))
        reloadSucceeded = registry.add(
            Gauge(
                "\(Self.prefix)_configuration_valid",
                help: "Whether the configuration, as it was read last, was taken over."))
        restartNeeded = registry.add(
            Gauge(
                "\(Self.prefix)_restart_needed",
                help: "Whether something in the configuration or a module waits for a restart."))
        let info = registry.add(
            Gauge("\(Self.prefix)_info", help: "The version of the host; always 1.", labels: ["version"]))
        info.set(1, version)
        reloadSucceeded.set(1)
        restartNeeded.set(0)
        setActiveDeployments([:])
        queueLength.set(0)
        eventStreams.set(0)
        addProcess()
    }

    /// The metrics in the text format of Prometheus (`PrometheusText.contentType`).
    func text() -> [UInt8] { registry.text() }

    /// A deployment has come to a state in which it is not active.
    func deploymentEnded(target: String, state: DeploymentState) { endedDeployments.increment(target, state.rawValue) }

    /// How many deployments are in which active state now; states that are not given have none.
    func setActiveDeployments(_ counts: [DeploymentState: Int]) {
        for state in DeploymentState.allCases where state.isActive {
            activeDeployments.set(Double(counts[state] ?? 0), state.rawValue)
        }
    }

    /// A phase of a deployment has ended, in whatever way.
    func phaseEnded(target: String, phase: DeploymentState, seconds: Double) {
        phaseSeconds.observe(seconds, target, phase.rawValue)
    }

    func setQueueLength(_ length: Int) { queueLength.set(Double(length)) }

    func eventStreamOpened() { eventStreams.add(1) }

    func eventStreamClosed() { eventStreams.add(-1) }

    /// A request has been answered.
    /// - Parameter route: the template that matched (`/api/v1/deployments/{id}`), never the path: that would tell who
    ///   looks at what, and never end. Nil where none matched.
    func requestAnswered(method: String, route: String?, status: Int, seconds: Double) {
        let route = route ?? "unmatched"
        requests.increment(Self.methods.contains(method) ? method : "other", route, String(status))
        requestSeconds.observe(seconds, route)
    }

    /// A module was rejected at a stage of loading.
    func moduleRejected(module: String, stage: LoadStage) { moduleFailures.increment(module, stage.rawValue) }

    /// The configuration was read again.
    /// - Parameters:
    ///   - isRefused: whether it has changed nothing.
    ///   - needsRestart: whether something waits for a restart.
    func configurationReloaded(isRefused: Bool, needsRestart: Bool) {
        reloads.increment(isRefused ? "refused" : "applied")
        reloadSucceeded.set(isRefused ? 0 : 1)
        restartNeeded.set(needsRestart ? 1 : 0)
    }

    /// The names and meanings that all Prometheus clients share.
    private mutating func addProcess() {
        let start = ProcessStatistics.current().flatMap { process in
            ProcessStatistics.bootTime().map { $0 + process.startAfterBoot }
        }
        let metrics = [
            ReadMetric(
                "process_start_time_seconds", .gauge, help: "When the process started, in seconds since 1970."
            ) { start },
            ReadMetric("process_resident_memory_bytes", .gauge, help: "Resident memory.") {
                ProcessStatistics.current()?.residentBytes
            },
            ReadMetric("process_open_fds", .gauge, help: "Open file descriptors.") { ProcessStatistics.openFiles() },
            ReadMetric("process_cpu_seconds_total", .counter, help: "Time in user and system mode.") {
                ProcessStatistics.current()?.cpuSeconds
            },
        ]
        for metric in metrics { _ = registry.add(metric) }
    }
}
