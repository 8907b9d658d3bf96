internal import Files
internal import Passes
internal import TargetContract

/// The targets of a host at one time: those in service, those that are drained, and those that did not load with the
/// reason.
struct TargetRegistry: Sendable {
    let modules: LoadedModules
    /// The target behind /deploy/…, whether or not it is there.
    let defaultID: String
    /// Targets that were taken out of service while the host runs. What is deployed there stays within reach.
    let draining: [LoadedTarget]
    /// The files whose code this process has begun to run, as they were then. They stay in the process until its end.
    let opened: [String: FileStatus]
    /// How long targets may take to stop; one and the same for all registries of a host.
    let stopping: StoppingTime
    let log: ModuleLog

    init(
        modules: LoadedModules,
        defaultID: String,
        draining: [LoadedTarget] = [],
        opened: [String: FileStatus] = [:],
        stopping: StoppingTime = StoppingTime(EngineLimits().stopping),
        log: @escaping ModuleLog = { _, _ in }
    ) {
        self.modules = modules
        self.defaultID = defaultID
        self.draining = draining
        self.opened = opened
        self.stopping = stopping
        self.log = log
    }

    /// Loads the modules that the configuration enables.
    init(configuration: Configuration, log: @escaping ModuleLog) {
        let nothing = TargetRegistry(
            modules: LoadedModules(),
            defaultID: configuration.defaultTarget,
            stopping: StoppingTime(configuration.deployments.stopping),
            log: log
        )
        var change = RegistryChange(of: nothing, to: configuration)
        change.run()
        self = change.registry
    }

    var loaded: [LoadedTarget] { modules.targets }
    var rejected: [RejectedModule] { modules.rejected }

    /// All whose deployments are within reach.
    var known: [LoadedTarget] { loaded + draining }

    /// Modules that were marked required and did not load.
    var missingRequired: [String] { modules.missing }

    /// The target of that id, also one that is drained; nil where there is none.
    subscript(id: String) -> LoadedTarget? {
        known.first { $0.manifest.id == id }
    }

    /// The targets that a user may use for new work; nil for nobody in particular.
    func usable(by user: UserIdentity?) -> [LoadedTarget] { loaded.filter { $0.permits(user) } }

    /// Whether somebody's access depends on a role.
    func mentions(role: String) -> Bool {
        loaded.contains { $0.access?.roles.contains { $0.lowercased() == role.lowercased() } ?? false }
    }

    /// A target that makes a package of any plan for a user; nil where there is none that the user may use.
    func packages(for user: UserIdentity) -> LoadedTarget? { usable(by: user).first(where: \.makesSolutionZip) }

    /// The target whose zip the portal's download links mean: the first that a user may use, else the first.
    func solutionZip(for user: UserIdentity?) -> LoadedTarget? {
        usable(by: user).first(where: \.makesSolutionZip) ?? loaded.first(where: \.makesSolutionZip)
    }
}

/// Takes the lines that modules log.
typealias ModuleLog = @Sendable (TargetServices.LogLevel, String) -> Void

extension LoadedTarget {
    /// Whether the target lists the capability to hand over a solution.zip.
    var makesSolutionZip: Bool { manifest.capabilities.contains("solution-zip/v1") }

    /// Whether a user may use it; nil for nobody in particular.
    func permits(_ user: UserIdentity?) -> Bool {
        guard let access else { return true }
        return user.map(access.permits) ?? false
    }

    /// Refuses new work of who may not use the target, and all new work where it is drained.
    func admit(_ user: UserIdentity?) throws(TargetUseRefusal) {
        guard permits(user) else { throw .notPermitted(manifest.name) }
        guard !isDraining else { throw .outOfService(manifest.name) }
    }

    /// Refuses a plan that is beyond the limits.
    func checkLimits(of plan: SolutionPlan) throws(LimitRefusal) {
        if let refusal = LimitRefusal(limits.excesses(of: plan, target: manifest.name)) { throw refusal }
    }

    /// Refuses options that lead to a place beyond the limits.
    func checkLimits(of options: OptionValues) async throws {
        guard limits.namespaces != nil else { return }
        try checkLimits(of: await place(for: options))
    }

    /// Refuses a place that is beyond the limits.
    func checkLimits(of place: DeploymentPlace?) throws(LimitRefusal) {
        let excess = limits.excess(of: place, target: manifest.name)
        if let refusal = LimitRefusal(excess.map { [$0] } ?? []) { throw refusal }
    }
}
