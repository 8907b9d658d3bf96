internal import Logging
internal import TargetContract

/// Takes over the configuration while the host runs, one time after the other.
actor ConfigurationReloader {
    private let live: LiveDeployer
    private let source: ConfigurationSource
    private let engine: DeploymentEngine
    private let metrics: HostMetrics
    private let logger: Logger
    private let now: @Sendable () -> Double
    /// The reading that was begun last.
    private var last: Task<Void, Never>?

    init(
        live: LiveDeployer,
        source: ConfigurationSource,
        engine: DeploymentEngine,
        metrics: HostMetrics,
        logger: Logger,
        now: @escaping @Sendable () -> Double
    ) {
        self.live = live
        self.source = source
        self.engine = engine
        self.metrics = metrics
        self.logger = logger
        self.now = now
    }

    /// Reads the configuration and takes it over; what is wrong with it is logged and shown, and changes nothing. Who
    /// calls while it is being read has it read again afterwards, so that the newest is what stays.
    func reload() async {
        let task = Task { [last] in
            await last?.value
            await takeOver()
        }
        last = task
        await task.value
    }

    private func takeOver() async {
        let before = live.current
        do {
            // Files are read, and modules loaded: that may take its time.
            let next = try await DedicatedThread.value { [source, now] in
                Result { try before.reloaded(to: source.load(), at: now()) }
            }.get()
            live.replace(with: next)
            next.targets.stopping.set(next.configuration.deployments.stopping)
            source.logThreshold.level = next.configuration.log.level
            tell(next, before)
            await engine.limitsChanged()
        } catch {
            refuse(error, before)
        }
    }

    private func tell(_ next: Deployer, _ before: Deployer) {
        let known = Set(before.targets.rejected)
        for module in next.targets.rejected where !known.contains(module) {
            metrics.moduleRejected(module: module.module, stage: module.stage)
            logger.error("module rejected", metadata: ["reason": "\(module.sentence)"])
        }
        logger.notice(
            "the configuration was read again",
            metadata: [
                "targets": "\(next.targets.loaded.map(\.manifest.id).joined(separator: ", "))",
                "draining": "\(next.targets.draining.map(\.manifest.id).joined(separator: ", "))",
            ])
        for warning in next.reload.warnings { logger.warning("\(warning)") }
        if !next.reload.restartKeys.isEmpty {
            let keys = next.reload.restartKeys.joined(separator: ", ")
            logger.warning("a restart is needed for what has changed", metadata: ["keys": "\(keys)"])
        }
        for module in next.reload.changedModules {
            logger.warning("a restart is needed for a module whose file has changed", metadata: ["module": "\(module)"])
        }
        // Last, so that who has seen the count finds the rest.
        metrics.configurationReloaded(isRefused: false, needsRestart: next.reload.needsRestart)
    }

    private func refuse(_ error: any Error, _ before: Deployer) {
        var next = before
        next.reload.time = now()
        next.reload.warnings = []
        next.reload.problems = (error as? ConfigurationProblems)?.problems.map(\.description) ?? ["\(error)"]
        live.replace(with: next)
        for problem in next.reload.problems {
            logger.error("the configuration was not taken over", metadata: ["reason": "\(problem)"])
        }
        metrics.configurationReloaded(isRefused: true, needsRestart: next.reload.needsRestart)
    }
}
