internal import TargetContract

/// The targets of a host: those that loaded, and those that did not with the reason.
struct TargetRegistry: Sendable {
    private let modules: LoadedModules
    /// The target behind /deploy/…, whether or not it is there.
    let defaultID: String

    init(modules: LoadedModules, defaultID: String) {
        self.modules = modules
        self.defaultID = defaultID
    }

    /// Loads the modules that the configuration enables.
    init(configuration: Configuration, log: @escaping @Sendable (TargetServices.LogLevel, String) -> Void) {
        let loader = ModuleLoader(
            searchPath: .ofThisProcess(configured: configuration.moduleFolders),
            // The engine gives up first, and says so.
            grace: configuration.deployments.stopping + .seconds(2)
        ) { module in
            TargetServices(allowedNetworks: configuration.network.allow.map { "\($0)" }) { level, text in
                log(level, "\(module): \(text)")
            }
        }
        let references = configuration.targets.filter(\.isEnabled).map { target in
            ModuleReference(
                module: target.module,
                sha256: target.sha256,
                settings: target.settings,
                isRequired: target.isRequired,
                isolation: target.isolation,
                memory: target.memory
            )
        }
        self.init(modules: loader.load(references), defaultID: configuration.defaultTarget)
    }

    var loaded: [LoadedTarget] { modules.targets }
    var rejected: [RejectedModule] { modules.rejected }

    /// Modules that were marked required and did not load.
    var missingRequired: [String] { modules.missing }

    /// The target of that id, or nil.
    subscript(id: String) -> LoadedTarget? { loaded.first { $0.manifest.id == id } }

    /// The target whose zip the portal's download links mean.
    var solutionZip: LoadedTarget? { loaded.first(where: \.makesSolutionZip) }
}

extension LoadedTarget {
    /// Whether the target lists the capability to hand over a solution.zip.
    var makesSolutionZip: Bool { manifest.capabilities.contains("solution-zip/v1") }
}
