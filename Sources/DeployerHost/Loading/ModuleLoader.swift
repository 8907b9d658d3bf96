import ContractVersions
import Documents
public import TargetContract

/// Brings target modules into the process, one check after the other. A module that fails one is left out, and the
/// rest goes on; what is loaded stays until the process ends.
///
/// ```swift
/// let loader = ModuleLoader(searchPath: .ofThisProcess()) { module in TargetServices(log: logLines(of: module)) }
/// let modules = loader.load([ModuleReference(module: "LocalYAML")])
/// ```
///
/// From `dlopen` on, code of the module runs in this process: it could do anything, and a trap in it ends the host.
/// That is why everything that can be known before is asked before.
public struct ModuleLoader: Sendable {
    /// Where modules are looked for.
    public let searchPath: ModuleSearchPath
    /// What checks a file before any of its code runs.
    public let inspector: ModuleInspector
    private let grace: @Sendable () -> Duration
    private let services: @Sendable (_ module: String) -> TargetServices

    /// Takes over the parts as they are.
    /// - Parameter grace: how long a module in a process of its own may take to give up what it is doing.
    public init(
        searchPath: ModuleSearchPath,
        inspector: ModuleInspector = ModuleInspector(),
        grace: Duration = EngineLimits().stopping,
        services: @escaping @Sendable (_ module: String) -> TargetServices
    ) {
        self.init(searchPath: searchPath, inspector: inspector, changingGrace: { grace }, services: services)
    }

    /// - Parameter changingGrace: is asked whenever a module is to give up.
    init(
        searchPath: ModuleSearchPath,
        inspector: ModuleInspector = ModuleInspector(),
        changingGrace grace: @escaping @Sendable () -> Duration,
        services: @escaping @Sendable (_ module: String) -> TargetServices
    ) {
        self.searchPath = searchPath
        self.inspector = inspector
        self.grace = grace
        self.services = services
    }

    /// Loads the modules in their order. Reads files, so it belongs to the start of the process.
    public func load(_ references: [ModuleReference]) -> LoadedModules {
        var modules = LoadedModules()
        for reference in references {
            do {
                let path = try searchPath.locate(reference.fileName())
                add(placed(reference, at: path), at: path, to: &modules)
            } catch {
                reject(reference, at: nil, [error], in: &modules)
            }
        }
        return modules
    }

    /// The reference with the place where the module's code runs.
    func placed(_ reference: ModuleReference, at path: String) -> ModuleReference {
        var reference = reference
        reference.isolation = reference.isolation ?? (searchPath.isOfInstallation(path) ? .host : .process)
        return reference
    }

    /// Loads one file wherever it is, beside the targets that are there already. Into this process, unless the reference
    /// says otherwise.
    public func load(file path: String, as reference: ModuleReference, beside loaded: LoadedModules = LoadedModules())
        -> LoadedModules
    {
        var modules = loaded
        add(reference, at: path, to: &modules)
        return modules
    }

    private func add(_ reference: ModuleReference, at path: String, to modules: inout LoadedModules) {
        var taken: [String: String] = [:]
        for target in modules.targets { taken[target.manifest.id] = ModuleFile.name(of: target.file) }
        do {
            let load = reference.isolation == .process ? isolated : target
            modules.targets.append(try load(reference, path, taken))
        } catch {
            reject(reference, at: path, error.problems, in: &modules)
        }
    }

    /// Opens one file, with all checks, and hands over what makes its targets: for those who try a target out.
    func factory(
        file path: String, as reference: ModuleReference
    ) throws(ModuleRejection) -> (factory: TargetFactory, contract: UInt32) {
        try open(reference, at: path, taken: [:])
    }

    private func target(
        _ reference: ModuleReference, at path: String, taken: [String: String]
    ) throws(ModuleRejection) -> LoadedTarget {
        let (factory, contract) = try open(reference, at: path, taken: taken)
        do {
            let target = try factory.make(settings: reference.settings, services: services(reference.module))
            return LoadedTarget(
                module: reference.module, manifest: factory.manifest, hosted: InProcessTarget(target),
                contract: contract, file: path, isolation: .host)
        } catch {
            throw ModuleRejection(.start(ModuleFile.name(of: path), error))
        }
    }

    private func open(
        _ reference: ModuleReference, at path: String, taken: [String: String]
    ) throws(ModuleRejection) -> (factory: TargetFactory, contract: UInt32) {
        var inspection = ModuleInspection(file: path)
        let module = try inspector.verify(path, sha256: reference.sha256, noting: &inspection)
        let library: ModuleLibrary
        do { library = try ModuleLibrary(opening: module) } catch { throw ModuleRejection(error) }
        let entry = try library.entry()
        let name = module.file.name
        let supported = inspector.expectations.contracts.map(\.number)
        guard let contract = supported.filter(entry.contracts.contains).max() else {
            throw ModuleRejection(.noCommonContract(name, supported: entry.contracts, host: supported))
        }
        let factory = entry.factory
        let problems = ManifestRules.problems(factory.manifest, of: name, note: module.note, taken: taken)
        guard problems.isEmpty else { throw ModuleRejection(problems) }
        return (factory, contract)
    }

    /// Has a process of its own load the module; none of its code runs in this one.
    private func isolated(
        _ reference: ModuleReference, at path: String, taken: [String: String]
    ) throws(ModuleRejection) -> LoadedTarget {
        let (module, order) = try order(reference, at: path)
        let program = WorkerProgram(memory: reference.memory)
        let log = services(reference.module).log
        let workers = WorkerPool(order, program: program, grace: grace, log: log)
        let greeting = try workers.load()
        let problems = ManifestRules.problems(greeting.manifest, of: module.file.name, note: module.note, taken: taken)
        guard problems.isEmpty else { throw ModuleRejection(problems) }
        return LoadedTarget(
            module: reference.module,
            manifest: greeting.manifest,
            hosted: IsolatedTarget(greeting, workers: workers),
            contract: greeting.contract,
            file: path,
            isolation: .process
        )
    }

    /// What a worker is told of a module, once its file has passed the checks.
    func order(
        _ reference: ModuleReference, at path: String
    ) throws(ModuleRejection) -> (module: VerifiedModule, order: ModuleOrder) {
        var inspection = ModuleInspection(file: path)
        let module = try inspector.verify(path, sha256: reference.sha256, isDigestNoted: true, noting: &inspection)
        let order = ModuleOrder(
            module: reference.module,
            file: path,
            sha256: module.digest ?? "",
            settings: Document.object(reference.settings.values).jsonText(),
            allowedNetworks: services(reference.module).allowedNetworks
        )
        return (module, order)
    }

    private func reject(
        _ reference: ModuleReference, at path: String?, _ problems: [ModuleProblem], in modules: inout LoadedModules
    ) {
        modules.rejected.append(
            RejectedModule(
                module: reference.module, file: path, problems: problems, isRequired: reference.isRequired))
    }
}
