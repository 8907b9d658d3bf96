internal import Documents
internal import Files
internal import Secrets
internal import TargetContract

/// The way from one registry to the next: what stays, what is made anew, what is loaded, and what is drained.
///
/// A library is never closed and never opened in two versions. So a target whose settings have changed is made anew by
/// the library that is there, while one whose file has changed stays as it is until the host is restarted. Where modules
/// have processes of their own there is no such bond: new processes open the new file, once it has passed all checks.
struct RegistryChange {
    /// What keeps the new configuration from being taken over.
    private(set) var problems: [ConfigurationProblem] = []
    /// Modules whose file is another one than the one in the process.
    private(set) var changedModules: [String] = []

    private let before: TargetRegistry
    private let configuration: Configuration
    private let loader: ModuleLoader
    private var modules = LoadedModules()
    private var opened: [String: FileStatus]

    init(of before: TargetRegistry, to configuration: Configuration) {
        self.before = before
        self.configuration = configuration
        opened = before.opened
        let log = before.log
        loader = ModuleLoader(
            searchPath: .ofThisProcess(configured: configuration.moduleFolders),
            // The engine gives up first, and says so.
            changingGrace: { [stopping = before.stopping] in stopping.value + .seconds(2) }
        ) { module in
            TargetServices(allowedNetworks: configuration.network.allow.map { "\($0)" }) { level, text in
                log(level, "\(module): \(text)")
            }
        }
    }

    /// The registry as it is to be.
    var registry: TargetRegistry {
        let names = Set(modules.targets.map(\.module))
        let draining = before.known.filter { !names.contains($0.module) }.map { target in
            var target = target
            target.isDraining = true
            return target
        }
        return TargetRegistry(
            modules: modules,
            defaultID: configuration.defaultTarget,
            draining: draining,
            opened: opened,
            stopping: before.stopping,
            log: before.log
        )
    }

    /// Goes through the targets in their order.
    mutating func run() {
        for (index, target) in configuration.targets.enumerated() where target.isEnabled { add(target, index) }
    }

    private mutating func add(_ target: Configuration.Target, _ index: Int) {
        let known = before.known.first { $0.module == target.module }
        var reference = ModuleReference(
            module: target.module,
            sha256: target.sha256,
            settings: target.settings,
            isRequired: target.isRequired,
            isolation: target.isolation,
            memory: target.memory
        )
        let path: String
        do {
            path = try loader.searchPath.locate(reference.fileName())
        } catch {
            guard let known else { return reject(target, at: nil, error) }
            return keep(known, changedFile: target, index)
        }
        reference = loader.placed(reference, at: path)
        let status = FileStatus(at: path)
        let isFree = reference.isolation == .process && known?.isolation != .host
        let isSameFile = isFree ? isFile(of: known, at: path) : opened[path].map { $0 == status } ?? true
        guard let known else {
            guard isSameFile || isFree else { return reject(target, at: path, .replaced(ModuleFile.name(of: path))) }
            return load(target, reference, at: path, status)
        }
        let isUnchanged = isSameFile && known.file == path
        guard isUnchanged || isFree else { return keep(known, changedFile: target, index) }
        if isUnchanged, known.isMade(for: target) { return take(known, configured: target, index) }
        makeAnew(known, target, reference, at: path, status, index)
    }

    /// Whether the file is the one that the processes of a target load.
    private func isFile(of known: LoadedTarget?, at path: String) -> Bool {
        guard let digest = known?.hosted.fileDigest else { return true }
        let limit = loader.inspector.expectations.largestFile
        return (try? FileReader.read(path, limit: limit)).map { SHA256(hashing: $0).hex == digest } ?? false
    }

    /// Notes that code of a file has begun to run in this process. What runs in processes of its own is not in this one.
    private mutating func noteOpened(_ reference: ModuleReference, at path: String, _ status: FileStatus?) {
        if reference.isolation != .process { opened[path] = status }
    }

    private mutating func keep(_ known: LoadedTarget, changedFile target: Configuration.Target, _ index: Int) {
        changedModules.append(target.module)
        // Settings may be meant for the new file; the rest is the host's own business.
        var configured = known.configured ?? target
        configured.access = target.access
        configured.limits = target.limits
        configured.isRequired = target.isRequired
        configured.entry = target.entry
        take(known, configured: configured, index)
    }

    private mutating func makeAnew(
        _ known: LoadedTarget, _ target: Configuration.Target, _ reference: ModuleReference, at path: String,
        _ status: FileStatus?, _ index: Int
    ) {
        var beside = LoadedModules()
        beside.targets = (modules.targets + before.known).filter { $0.module != target.module }
        let others = beside.targets.count
        let outcome = loader.load(file: path, as: reference, beside: beside)
        if outcome.targets.count > others, let made = outcome.targets.last {
            noteOpened(reference, at: path, status)
            return take(made, configured: target, index)
        }
        let key =
            switch outcome.rejected.first?.stage {
            case .digest: "sha256"
            case .start, nil: "settings"
            default: "module"
            }
        let reason = outcome.rejected.map(\.sentence).joined(separator: "; ")
        problems.append(problem(index, [.key(key)], "cannot be taken over: \(reason)"))
    }

    private mutating func load(
        _ target: Configuration.Target, _ reference: ModuleReference, at path: String, _ status: FileStatus?
    ) {
        var beside = LoadedModules()
        beside.targets = modules.targets + before.known
        let outcome = loader.load(file: path, as: reference, beside: beside)
        if let rejected = outcome.rejected.first {
            if rejected.stage.runsModule { noteOpened(reference, at: path, status) }
            modules.rejected.append(rejected)
        } else if var made = outcome.targets.last {
            noteOpened(reference, at: path, status)
            guard target.limits.namespaces == nil || made.can(.placing) else {
                return reject(target, at: path, .noPlaces(ModuleFile.name(of: path)))
            }
            made.configured = target
            modules.targets.append(made)
        }
    }

    private mutating func take(_ known: LoadedTarget, configured: Configuration.Target, _ index: Int) {
        if configured.limits.namespaces != nil, !known.can(.placing) {
            let sentence = ModuleProblem.noPlaces(ModuleFile.name(of: known.file)).sentence
            problems.append(problem(index, [.key("limits"), .key("namespaces")], "cannot be kept: \(sentence)"))
        }
        var known = known
        known.configured = configured
        known.isDraining = false
        modules.targets.append(known)
    }

    private mutating func reject(_ target: Configuration.Target, at path: String?, _ problem: ModuleProblem) {
        modules.rejected.append(
            RejectedModule(
                module: target.module, file: path, problems: [problem], isRequired: target.isRequired))
    }

    private func problem(_ index: Int, _ keys: [DocumentPath.Step], _ text: String) -> ConfigurationProblem {
        ConfigurationProblem(at: DocumentPath([.key("targets"), .index(index)] + keys), text: text)
    }
}

extension LoadedTarget {
    /// Whether it is what the module makes of this section; what the host itself looks after does not count.
    fileprivate func isMade(for target: Configuration.Target) -> Bool {
        guard let configured else { return false }
        return configured.settings.values == target.settings.values
            && configured.isolation == target.isolation && configured.memory == target.memory
            && (target.sha256 == nil || configured.sha256 == target.sha256)
    }
}

extension LoadStage {
    /// Whether code of the module has run by then.
    fileprivate var runsModule: Bool { ![.file, .digest, .note].contains(self) }
}
