import Blueprints
import Logging
import Passes
import Synchronization
import TargetContract
import TestSupport
import Testing

@testable import DeployerHost

/// What a target meets so many times before all is well.
private final class Trouble: Sendable {
    enum Place { case asked, deploying }

    private let left: Mutex<Int>
    private let place: Place
    private let code: TargetError.Code

    init(_ place: Place = .deploying, times: Int = 0, _ code: TargetError.Code = .unavailable) {
        self.place = place
        self.code = code
        left = Mutex(times)
    }

    func meet(_ here: Place) throws(TargetError) {
        guard here == place,
            left.withLock({ left in
                left > 0
                    ? {
                        left -= 1; return true
                    }() : false
            })
        else { return }
        throw TargetError(code, what: "The cloud sleeps", why: "it is early", remedy: "Wake it")
    }
}

/// A target that can go on without its user, unless the option `text` says no.
private struct PatientTarget: DeploymentTarget, Resuming, Placing {
    static let manifest = TargetManifest(
        id: "patient",
        name: "Patient",
        summary: "Waits for nobody.",
        version: "1.0.0",
        options: [
            TargetOption(name: "text", kind: .text, label: "Text", help: "A text."),
            TargetOption(name: "word", kind: .text, label: "Word", help: "A word.", isSecret: true),
        ]
    )

    private let trouble: Trouble

    init(settings: TargetSettings = TargetSettings(), services: TargetServices) throws { trouble = Trouble() }
    init(_ trouble: Trouble) { self.trouble = trouble }

    func deploy(
        _ plan: SolutionPlan,
        options: OptionValues,
        report: @escaping EventReporter
    ) async throws -> DeploymentOutcome {
        try trouble.meet(.deploying)
        return DeploymentOutcome(state: .completed)
    }

    func place(for options: OptionValues) throws -> DeploymentPlace? {
        try trouble.meet(.asked)
        return options.text("text").map { DeploymentPlace(server: "server", namespace: $0) }
    }

    func canResume(with options: OptionValues) -> Bool { options.text("text") != "no" }
}

@Suite("After a restart", .timeLimit(.minutes(1)))
struct ResumingTests {
    private static let now = 1_000_000.0

    private static func target(_ trouble: Trouble = Trouble()) -> LoadedTarget {
        LoadedTarget(
            module: "Patient",
            manifest: PatientTarget.manifest,
            hosted: InProcessTarget(PatientTarget(trouble)),
            contract: 1,
            file: "libPatient.so",
            isolation: .host
        )
    }

    /// A deployment of a sample that the end of a host has left at work.
    private static func record(_ change: (inout DeploymentRecord) -> Void = { _ in }) throws -> DeploymentRecord {
        var record = DeploymentRecord(
            id: "00000000-0000-4000-8000-000000000001",
            owner: DeploymentOwner(id: "alice", name: "alice@example.org"),
            reference: try #require(
                SolutionReference(
                    solutionID: "11111111-1111-4111-8111-111111111111",
                    revisionID: "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"
                )
            ),
            target: "patient",
            options: [:],
            created: now - 100,
            updated: now - 50
        )
        record.machine = DeploymentMachine(state: .waiting, operation: .deploy)
        record.isResumable = true
        record.lastEvent = 1
        change(&record)
        return record
    }

    /// An engine on a store with one deployment.
    private static func engine(
        with record: DeploymentRecord, access: TargetAccess? = nil, _ trouble: Trouble,
        _ patience: @escaping @Sendable () -> Patience
    ) async throws -> (DeploymentEngine, SQLiteStore) {
        let store = try SQLiteStore(folder: nil)
        let event = StoredEvent(id: 1, time: now, kind: "state", state: "queued", text: "In the queue")
        _ = try await store.insert(record, first: event, request: nil)
        var modules = LoadedModules()
        var target = target(trouble)
        var configured = Configuration.Target(module: "Patient")
        configured.access = access
        target.configured = configured
        modules.targets = [target]
        let deployer = Deployer(
            configuration: Configuration(),
            catalogue: DirectoryCatalogue(folder: Repository.samples.path),
            targets: TargetRegistry(modules: modules, defaultID: "patient")
        )
        let engine = DeploymentEngine(
            live: LiveDeployer(deployer), store: store, logger: Logger(label: "test"), patience: patience
        ) { now }
        return (engine, store)
    }

    /// Starts an engine on a store with one deployment, and tells how that is once nothing is done with it any more.
    private static func restart(
        _ record: DeploymentRecord, access: TargetAccess? = nil, _ trouble: Trouble = Trouble(), isPatient: Bool = true
    ) async throws -> (record: DeploymentRecord, events: [StoredEvent]) {
        let patience: @Sendable () -> Patience = {
            Patience(isPatient ? [.zero, .milliseconds(10)] : [], for: .seconds(30))
        }
        let (engine, store) = try await engine(with: record, access: access, trouble, patience)
        try await engine.start()
        while await !engine.resumptions.isEmpty { await Task.yield() }
        while try await store.record(record.id)?.state.isActive == true { await Task.yield() }
        await engine.drain()
        let events = try await store.events(of: record.id, after: 0, limit: 100)
        return (try #require(try await store.record(record.id)), events)
    }

    @Test("work that needs nothing from its user is begun again")
    func resumed() async throws {
        let record = try await Self.restart(try Self.record()).record
        #expect(record.state == .completed && record.attempt == 2)
        #expect(record.owner.id == "alice")
    }

    @Test(
        "work goes on only while its owner may use the target",
        arguments: [
            (["Publisher"], ["publisher"], [], true), (["Publisher"], ["Admin"], [], false),
            ([], ["Publisher"], [], false),
            (["Publisher"], [], ["alice@example.org"], true), (nil, ["Publisher"], [], false),
            (nil, [], ["alice"], true),
        ] as [([String]?, [String], [String], Bool)])
    func access(roles: [String]?, permitted: [String], users: [String], goesOn: Bool) async throws {
        let interrupted = try Self.record { record in
            record.owner.standing = roles.map { roles in
                UserStanding(
                    UserIdentity(userID: "alice", name: "alice", email: "alice@example.org", roles: roles))
            }
        }
        let (record, events) = try await Self.restart(
            interrupted, access: TargetAccess(roles: permitted, users: users))
        #expect(record.state == (goesOn ? .completed : .interrupted))
        #expect(record.attempt == (goesOn ? 2 : 1))
        #expect(record.lastEvent == events.last?.id)
        if goesOn {
            #expect(!events.contains { $0.kind == "warning" })
        } else {
            #expect(events.last?.text.hasPrefix("It does not go on by itself: You may not use Patient") == true)
            #expect(events.last?.remedy?.contains("ask the administrator") == true)
        }
    }

    @Test(
        "what is in the way for a while only is waited for",
        arguments: [Trouble.Place.asked, .deploying], [TargetError.Code.unavailable, .busy])
    private func waiting(place: Trouble.Place, code: TargetError.Code) async throws {
        let (record, events) = try await Self.restart(try Self.record(), Trouble(place, times: 3, code))
        #expect(record.state == .completed && record.attempt == 2 && record.resumptions == 1)
        let pauses = events.filter { $0.text.hasPrefix("It cannot go on yet") }
        #expect(pauses.count == 3)
        #expect(pauses.allSatisfy { $0.text.hasSuffix("in 0 s: The cloud sleeps: It is early.") })
        #expect(!events.contains { $0.kind == "warning" })
    }

    @Test("what stays in the way is told", arguments: [Trouble.Place.asked, .deploying])
    private func giveUp(place: Trouble.Place) async throws {
        let (record, events) = try await Self.restart(try Self.record(), Trouble(place, times: 9), isPatient: false)
        #expect(record.state == (place == .asked ? .interrupted : .failed))
        #expect(events.contains { $0.text.hasSuffix("The cloud sleeps: It is early.") && $0.remedy == "Wake it." })
        #expect(record.isResumable == (place != .asked))
    }

    @Test("work that waits to go on can be cancelled")
    func cancelled() async throws {
        let record = try Self.record()
        let (engine, store) = try await Self.engine(with: record, Trouble(.asked, times: 1)) {
            Patience([.seconds(600)], for: .seconds(3_600))
        }
        try await engine.start()
        let owner = UserIdentity(record.owner)
        let answer = try await engine.cancel(record.id, by: Session(user: owner, expires: .infinity))
        #expect(answer.state == .interrupted && !answer.isResumable)
        let events = try await store.events(of: record.id, after: 0, limit: 100)
        #expect(events.contains { $0.text.hasPrefix("It cannot go on yet, and is tried again in 600 s") })
        #expect(events.last?.text == "It does not go on by itself: its user does not want it to")
        let waiting = await engine.resumptions
        #expect(waiting.isEmpty)
        await engine.drain()
    }

    @Test("work that waits does not go where something newer has gone meanwhile")
    func overtaken() async throws {
        let record = try Self.record { record in
            record.options = ["text": "there"]
            record.place = DeploymentPlace(server: "server", namespace: "there")
        }
        let (engine, store) = try await Self.engine(with: record, Trouble(.asked, times: 1)) {
            Patience([.seconds(3)], for: .seconds(60))
        }
        try await engine.start()
        let submission = DeploymentSubmission(
            deployer: await engine.live.current,
            session: Session(user: UserIdentity(record.owner), expires: .infinity),
            reference: record.reference,
            target: "patient",
            options: ["text": "there"]
        )
        let newer = try await engine.submit(submission).record
        while await !engine.resumptions.isEmpty { await Task.yield() }
        await engine.drain()
        #expect(try await store.record(newer.id)?.state == .completed)
        #expect(try await store.record(record.id)?.state == .interrupted)
        let events = try await store.events(of: record.id, after: 0, limit: 100)
        #expect(events.last?.text.contains("another deployment has gone to the same place") == true)
    }

    @Test("what no time mends fails at once")
    func invalid() async throws {
        let record = try await Self.restart(try Self.record(), Trouble(times: 1, .invalidOption)).record
        #expect(record.state == .failed && record.failure?.what == "The cloud sleeps")
    }

    @Test("what its user has asked for again and again goes on all the same")
    func asked() async throws {
        let record = try await Self.restart(try Self.record { $0.attempt = 50 }).record
        #expect(record.state == .completed)
    }

    @Test("work that was interrupted in good order is begun again, too")
    func interrupted() async throws {
        let record = try await Self.restart(
            try Self.record {
                $0.machine = DeploymentMachine(state: .interrupted, operation: .deploy)
                $0.finished = Self.now - 60
            }
        ).record
        #expect(record.state == .completed)
    }

    @Test(
        "other work waits for its user",
        arguments: ["secret", "cancelled", "undeploying", "old", "many"])
    func left(reason: String) async throws {
        let record = try Self.record { record in
            switch reason {
            case "secret", "cancelled": record.isResumable = false
            case "undeploying": record.machine = DeploymentMachine(state: .removing, operation: .undeploy)
            case "old":
                record.machine = DeploymentMachine(state: .interrupted, operation: .deploy)
                record.finished = Self.now - 90_000
            default: record.resumptions = 5
            }
        }
        let (left, events) = try await Self.restart(record)
        #expect(left.state == .interrupted)
        let texts = [
            "old": "it was interrupted more than a day ago",
            "many": "the host has ended 5 times in a row while it was at work on it",
        ]
        let told = events.filter { $0.kind == "warning" }.map(\.text)
        #expect(told == texts[reason].map { ["It does not go on by itself: \($0)"] } ?? [])
        if texts[reason] != nil { #expect(!left.isResumable) }
    }

    @Test(
        "only work without secrets, for a target that is willing, is marked",
        arguments: [([:], true), (["word": "x"], false), (["text": "no"], false)])
    func marked(options: [String: String], isMarked: Bool) async throws {
        let values = try OptionValues(options, for: PatientTarget.manifest.options)
        let resumesDeploying = try await Self.target().canResume(.deploy, with: values)
        #expect(resumesDeploying == isMarked)
        let resumesRemoval = try await Self.target().canResume(.undeploy, with: values)
        #expect(!resumesRemoval)
    }
}
