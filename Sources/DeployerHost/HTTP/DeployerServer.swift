internal import UnixSignals
internal import Files
internal import FoundationEssentials
internal import Glibc
internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
internal import NIOCore
public import Logging
internal import Secrets
internal import ServiceLifecycle

/// The HTTP server of a host.
public struct DeployerServer: Sendable {
    private let live: LiveDeployer
    private let source: ConfigurationSource?
    private let logger: Logger
    /// Held as long as the server is.
    private let stateLock: StateFolderLock?
    private let key: SecretBytes
    private let pages: Pages
    private let assets = Assets()
    private let metrics: HostMetrics
    private let engine: DeploymentEngine
    private let reporter: PlatformReporter?
    private let now: @Sendable () -> Double

    /// Checks everything that can be checked before the socket is opened.
    /// - Throws: `ConfigurationProblems` for a missing key or an insecure cookie beyond loopback, `FileError` for a
    ///   state folder that cannot be written.
    /// - Parameter source: where the configuration is read again while the host runs; nil for nowhere.
    public init(deployer: Deployer, logger: Logger, source: ConfigurationSource? = nil) throws {
        try self.init(deployer: deployer, logger: logger, source: source) { Date().timeIntervalSince1970 }
    }

    init(
        deployer: Deployer,
        logger: Logger,
        source: ConfigurationSource? = nil,
        now: @escaping @Sendable () -> Double
    ) throws {
        let configuration = deployer.configuration
        do {
            key = try Self.checkIdentity(of: configuration)
        } catch {
            throw error.located(in: configuration)
        }
        if let folder = configuration.stateFolder { try StateFolder.prepare(folder) }
        stateLock = try configuration.stateFolder.map { try StateFolderLock($0) }
        let live = LiveDeployer(deployer)
        self.live = live
        self.source = source
        self.logger = logger
        self.now = now
        let store = try SQLiteStore(folder: configuration.stateFolder)
        metrics = HostMetrics(version: HostVersion.current)
        for module in deployer.targets.rejected { metrics.moduleRejected(module: module.module, stage: module.stage) }
        reporter = try PlatformReporter.make(configuration, logger: logger)
        let observers: [(any DeploymentObserver)?] = [MetricsObserver(metrics), reporter]
        engine = DeploymentEngine(
            live: live,
            store: store,
            observers: observers.compactMap(\.self),
            logger: logger,
            now: now
        )
        pages = try Pages(assets: assets)
    }

    /// The portal's key, once everything about tokens and cookies is as it must be.
    @discardableResult
    static func checkIdentity(of configuration: Configuration) throws(ConfigurationProblems) -> SecretBytes {
        guard let key = configuration.jwt.key else {
            throw ConfigurationProblems(problems: [
                ConfigurationProblem(
                    key: "jwt.key",
                    text:
                        "is missing; set it, jwt.keyFile or GRAPHENE_DEPLOYER_JWT_KEY to the portal's jwt.auth.secret.key"
                )
            ])
        }
        guard configuration.cookie.secure || configuration.listen.isLoopback else {
            throw ConfigurationProblems(problems: [
                ConfigurationProblem(
                    key: "cookie.secure",
                    text:
                        "is false while listening on \(configuration.listen.host); only a loopback address may do without"
                )
            ])
        }
        do {
            return try PortalKey.bytes(from: key.withBytes { String(decoding: $0, as: UTF8.self) })
        } catch {
            throw ConfigurationProblems(problems: [error])
        }
    }

    /// Serves until the task is cancelled or the process is asked to stop (SIGTERM, SIGINT).
    /// - Parameter ready: called once with the URL at which the server listens.
    /// - Throws: `ListenError` where the port cannot be had.
    public func run(ready: @escaping @Sendable (String) -> Void) async throws {
        CalendarZone.settle()
        let listen = live.current.configuration.listen
        let application = Application(
            router: router(),
            // Counts while a request is being read, and between requests; never while one is being answered.
            server: .http1(configuration: .init(idleTimeout: TimeAmount(listen.idleTimeout))),
            configuration: .init(address: .hostname(listen.host, port: listen.port), serverName: nil),
            onServerRunning: { channel in
                let host = listen.host.contains(":") ? "[\(listen.host)]" : listen.host
                ready("http://\(host):\(channel.localAddress?.port ?? listen.port)")
            },
            logger: logger
        )
        do {
            try await run(application)
        } catch let error as IOError {
            throw ListenError(host: listen.host, port: listen.port, reason: String(cString: strerror(error.errnoCode)))
        } catch is SocketAddressError.UnknownHost {
            throw ListenError(host: listen.host, port: listen.port, reason: "no such host is known")
        } catch let error as SocketAddressError {
            throw ListenError(host: listen.host, port: listen.port, reason: "the address is not usable (\(error))")
        }
    }

    /// Runs the engine and the server until the process is asked to stop; the engine ends first, so that people see what
    /// becomes of their deployments.
    private func run(_ application: some ApplicationProtocol) async throws {
        // Before the first request: nobody sees as active what an earlier process has left.
        try await engine.start()
        Task {
            // Not in the way of the first requests.
            try await Task.sleep(for: .seconds(1))
            StartupPages.release()
        }
        var services: [ServiceGroupConfiguration.ServiceConfiguration] = [
            .init(service: application), .init(service: EngineService(engine: engine, reporter: reporter)),
        ]
        if let source {
            let reloader = ConfigurationReloader(
                live: live, source: source, engine: engine, metrics: metrics, logger: logger, now: now)
            let file = live.current.configuration.watch ? source.file : nil
            let service = ReloadService(
                reloader: reloader,
                signal: source.signal,
                watching: file,
                since: live.current.configuration.fileDigest,
                logger: logger
            )
            services.append(.init(service: service))
        }
        let group = ServiceGroup(
            configuration: .init(
                services: services,
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: logger
            )
        )
        try await group.run()
    }

    /// The routes behind their middleware; tests drive them without a socket.
    func router() -> Router<DeployerRequestContext> {
        let configuration = live.current.configuration
        let router = Router(context: DeployerRequestContext.self, options: .autoGenerateHeadEndpoints)
        let proxies = TrustedProxies(configuration.trustedProxies)
        let site = PageSite(
            live: live,
            engine: engine,
            pages: pages,
            drafts: DraftStore(now: now),
            tokens: FormToken(key: key),
            entries: EntryLedger()
        )
        router.add(middleware: RequestLogMiddleware(metrics: metrics, prefix: configuration.publicPrefix))
        router.add(middleware: SecurityHeadersMiddleware(isSecure: configuration.cookie.secure))
        router.add(middleware: ErrorMiddleware(site: site))
        router.add(
            middleware: AuthenticationMiddleware(
                verifier: TokenVerifier(key: key, now: now),
                cookies: SessionCookies(
                    key: key,
                    isSecure: configuration.cookie.secure,
                    matters: { [live] in live.current.targets.mentions(role: $0) },
                    now: now
                ),
                proxies: proxies,
                siteCheck: SiteCheck(publicOrigin: configuration.publicOrigin),
                publicPrefix: configuration.publicPrefix,
                immediateTarget: immediateTarget,
                anonymousDownload: { [live] in live.current.configuration.anonymousDownload }
            )
        )
        addRoutes(to: router, site)
        if !configuration.publicPrefix.isEmpty {
            addRoutes(to: router.group(RouterPath(configuration.publicPrefix)), site)
        }
        router.refuseOtherMethods()
        return router
    }

    /// The target that a path opens, where that means to deploy to it for this user.
    @Sendable private func immediateTarget(_ path: Substring, _ user: UserIdentity) -> LoadedTarget? {
        let steps = path.split(separator: "/").map(String.init)
        guard (3...4).contains(steps.count), steps[steps.count - 3] == "deploy" else { return nil }
        let deployer = live.current
        let id = steps.count == 4 ? steps[0] : deployer.targets.defaultID
        guard let target = deployer.targets[id], deployer.configuration.entry(of: target) == .immediate else {
            return nil
        }
        return target.isAnswered(for: user) ? target : nil
    }

    /// All routes; twice where a proxy may or may not strip the public prefix.
    private func addRoutes(to router: some RouterMethods<DeployerRequestContext>, _ site: PageSite) {
        HealthRoutes(live: live, engine: engine).add(to: router)
        TargetRoutes(live: live).add(to: router)
        PlanRoutes(live: live).add(to: router)
        ChoiceRoutes(live: live).add(to: router)
        DeploymentRoutes(engine: engine, live: live).add(to: router)
        EventRoutes(engine: engine, metrics: metrics).add(to: router)
        LogRoutes(engine: engine, live: live).add(to: router)
        DownloadRoutes(live: live).add(to: router)
        DeployRoutes(site: site).add(to: router)
        DeploymentPageRoutes(site: site).add(to: router)
        LogPageRoutes(site: site).add(to: router)
        TargetPageRoutes(site: site).add(to: router)
        AssetRoutes(assets: assets).add(to: router)
        if live.current.configuration.documentation { DocumentationRoutes().add(to: router) }
        if live.current.configuration.metrics { MetricsRoutes(metrics: metrics, engine: engine).add(to: router) }
    }
}

/// An address that cannot be listened on.
public struct ListenError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The address that was tried.
    public var host: String
    /// The port that was tried.
    public var port: Int
    /// Why it cannot be had, in the system's words.
    public var reason: String

    /// One sentence with what to do.
    public var description: String {
        "cannot listen on \(host):\(port): \(reason). Choose another with --host and --port, or stop what uses this one."
    }
}
