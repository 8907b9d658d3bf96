import Blueprints
import Logging
import Passes
import TargetContract
import TestSupport
import Testing

@testable import DeployerHost

/// A target that works until it is cancelled, or not at all.
private struct BusyTarget: DeploymentTarget {
    static let manifest = TargetManifest(
        id: "busy", name: "Busy", summary: "Works until it is cancelled.", version: "1.0.0")

    init(settings: TargetSettings = TargetSettings(), services: TargetServices) throws {}

    func deploy(
        _ plan: SolutionPlan, options: OptionValues, report: @escaping EventReporter
    ) async throws -> DeploymentOutcome {
        report(DeploymentEvent(.applying, text: "Working"))
        try await Task.sleep(for: .seconds(600))
        return DeploymentOutcome(state: .completed)
    }
}

@Suite("The engine and the limits of targets", .timeLimit(.minutes(1)))
struct TargetLimitTests {
    private static let session = Session(
        user: UserIdentity(userID: "alice", name: "alice", email: nil, login: nil, roles: []), expires: .infinity)

    private static func target(_ id: String, concurrent: Int? = nil, access: TargetAccess? = nil) throws -> LoadedTarget
    {
        var manifest = BusyTarget.manifest
        manifest.id = id
        var configured = Configuration.Target(module: id)
        configured.limits.concurrent = concurrent
        configured.access = access
        var target = LoadedTarget(
            module: id,
            manifest: manifest,
            hosted: InProcessTarget(try BusyTarget(services: TargetServices { _, _ in })),
            contract: 1,
            file: "lib\(id).so",
            isolation: .host
        )
        target.configured = configured
        return target
    }

    private static func deployer(
        _ targets: LoadedTarget..., draining: [LoadedTarget] = [],
        change: (inout Configuration) -> Void = { _ in }
    ) -> Deployer {
        var modules = LoadedModules()
        modules.targets = targets
        var configuration = Configuration()
        change(&configuration)
        return Deployer(
            configuration: configuration,
            catalogue: DirectoryCatalogue(folder: Repository.samples.path),
            targets: TargetRegistry(modules: modules, defaultID: "one", draining: draining)
        )
    }

    private static func submit(_ target: String, to engine: DeploymentEngine, _ deployer: Deployer) async throws
        -> String
    {
        let reference = try #require(
            SolutionReference(
                "11111111-1111-4111-8111-111111111111/aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"))
        let submission = DeploymentSubmission(
            deployer: deployer, session: session, reference: reference, target: target, options: [:])
        return try await engine.submit(submission).record.id
    }

    private static func started(_ live: LiveDeployer) async throws -> DeploymentEngine {
        let engine = DeploymentEngine(
            live: live, store: try SQLiteStore(folder: nil), logger: Logger(label: "test")
        ) { 1_000_000 }
        try await engine.start()
        return engine
    }

    /// Ends the work on a deployment, and waits until that has ended.
    private static func end(_ id: String, on engine: DeploymentEngine) async throws {
        var news = await engine.follow(id).makeAsyncIterator()
        _ = try await engine.cancel(id, by: session)
        while try await engine.record(id, for: session).state.isActive, await news.next() != nil {}
    }

    @Test("what waits for a full target is passed over, and comes to its turn")
    func passedOver() async throws {
        let deployer = Self.deployer(try Self.target("one", concurrent: 1), try Self.target("two"))
        let engine = try await Self.started(LiveDeployer(deployer))
        let first = try await Self.submit("one", to: engine, deployer)
        let second = try await Self.submit("one", to: engine, deployer)
        let other = try await Self.submit("two", to: engine, deployer)
        let seen1 = await engine.working
        #expect(seen1 == [first, other])
        let seen2 = await engine.queue
        #expect(seen2 == [second])
        try await Self.end(first, on: engine)
        let seen3 = await engine.working
        #expect(seen3 == [second, other])
        await engine.drain()
    }

    @Test("a queue that is full of what waits for one target does not shut others out")
    func fullQueue() async throws {
        let deployer = Self.deployer(try Self.target("one", concurrent: 1), try Self.target("two")) {
            $0.deployments.concurrent = 2
            $0.deployments.queued = 0
        }
        let engine = try await Self.started(LiveDeployer(deployer))
        _ = try await Self.submit("one", to: engine, deployer)
        _ = try await Self.submit("one", to: engine, deployer)
        await #expect(throws: EngineError.full) { try await Self.submit("one", to: engine, deployer) }
        let other = try await Self.submit("two", to: engine, deployer)
        let seen4 = await engine.working
        #expect(seen4.contains(other))
        await engine.drain()
    }

    @Test("a limit that is raised lets in what waits")
    func raised() async throws {
        let before = Self.deployer(try Self.target("one", concurrent: 1))
        let live = LiveDeployer(before)
        let engine = try await Self.started(live)
        _ = try await Self.submit("one", to: engine, before)
        _ = try await Self.submit("one", to: engine, before)
        live.replace(with: Self.deployer(try Self.target("one", concurrent: 2)))
        await engine.limitsChanged()
        let seen5 = await engine.working
        #expect(seen5.count == 2)
        let seen6 = await engine.queue
        #expect(seen6.isEmpty)
        await engine.drain()
    }

    @Test("a target that is drained goes on with what it has and takes nothing more")
    func drained() async throws {
        let before = Self.deployer(try Self.target("one"))
        let live = LiveDeployer(before)
        let engine = try await Self.started(live)
        let first = try await Self.submit("one", to: engine, before)
        var gone = try Self.target("one")
        gone.isDraining = true
        let after = Self.deployer(draining: [gone])
        live.replace(with: after)
        await engine.limitsChanged()
        let seen7 = await engine.working
        #expect(seen7 == [first])
        await #expect(throws: TargetUseRefusal.outOfService("Busy")) {
            try await Self.submit("one", to: engine, after)
        }
        try await Self.end(first, on: engine)
        await #expect(throws: TargetUseRefusal.outOfService("Busy")) {
            try await engine.request(nil, of: first, options: [:], by: Self.session, in: after)
        }
        await engine.drain()
    }

    @Test("a target is refused to who may not use it")
    func refused() async throws {
        let deployer = Self.deployer(try Self.target("one", access: TargetAccess(roles: ["Publisher"])))
        let engine = try await Self.started(LiveDeployer(deployer))
        await #expect(throws: TargetUseRefusal.notPermitted("Busy")) {
            try await Self.submit("one", to: engine, deployer)
        }
        await engine.drain()
    }
}
