import Blueprints
import Logging
import Passes
import TargetContract
import TestSupport
import Testing

@testable import DeployerHost

/// A target that can go on without its user, unless the option `text` says no.
private struct PatientTarget: DeploymentTarget, Resuming {
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

    init(settings: TargetSettings = TargetSettings(), services: TargetServices) throws {}

    func deploy(
        _ plan: SolutionPlan,
        options: OptionValues,
        report: @escaping EventReporter
    ) async throws -> DeploymentOutcome {
        DeploymentOutcome(state: .completed)
    }

    func canResume(with options: OptionValues) -> Bool { options.text("text") != "no" }
}

@Suite("After a restart", .timeLimit(.minutes(1)))
struct ResumingTests {
    private static let now = 1_000_000.0

    private static func target() throws -> LoadedTarget {
        LoadedTarget(
            module: "Patient",
            manifest: PatientTarget.manifest,
            hosted: InProcessTarget(try PatientTarget(services: TargetServices { _, _ in })),
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

    /// Starts an engine on a store with one deployment, and tells how that is as soon as nothing is worked on.
    private static func restart(
        _ record: DeploymentRecord, access: TargetAccess? = nil
    ) async throws -> DeploymentRecord {
        let store = try SQLiteStore(folder: nil)
        let event = StoredEvent(id: 1, time: now, kind: "state", state: "queued", text: "In the queue")
        _ = try await store.insert(record, first: event, request: nil)
        var modules = LoadedModules()
        var target = try target()
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
            live: LiveDeployer(deployer), store: store, logger: Logger(label: "test")
        ) { now }
        try await engine.start()
        await engine.drain()
        return try #require(try await store.record(record.id))
    }

    @Test("work that needs nothing from its user is begun again")
    func resumed() async throws {
        let record = try await Self.restart(try Self.record())
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
        let record = try await Self.restart(interrupted, access: TargetAccess(roles: permitted, users: users))
        #expect(record.state == (goesOn ? .completed : .interrupted))
        #expect(record.attempt == (goesOn ? 2 : 1))
    }

    @Test("work that was interrupted in good order is begun again, too")
    func interrupted() async throws {
        let record = try await Self.restart(
            try Self.record {
                $0.machine = DeploymentMachine(state: .interrupted, operation: .deploy)
                $0.finished = Self.now - 60
            })
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
            default: record.attempt = 5
            }
        }
        #expect(try await Self.restart(record).state == .interrupted)
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
