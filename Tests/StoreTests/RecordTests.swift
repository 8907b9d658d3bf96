import TargetContract
import TestSupport
import Testing

@testable import DeployerHost

@Suite(.timeLimit(.minutes(1)))
struct RecordTests {
    @Test func `A deployment comes back as it was kept, with all there is to know of it`() async throws {
        var record = try StoreFixture.record()
        let store = try await StoreFixture.store(record)
        let queued = try await store.record(record.id)
        #expect(queued == record)

        record.machine = DeploymentMachine(state: .failed, operation: .undeploy)
        record.place = DeploymentPlace(server: "https://192.0.2.1:6443", namespace: "berth")
        record.solution = SolutionTitle(name: "Berth Planner", version: "1.0.0")
        record.isCancelling = true
        record.attempt = 3
        record.updated = 1_234.5
        record.finished = 1_234.5
        record.planDigest = "abc"
        record.blueprintDigest = "def"
        record.failure = DeploymentFailure(code: "failed", what: "what", why: "why", remedy: nil, node: "gui")
        record.links = [.init(title: "Web page", url: "http://192.0.2.1:30001/")]
        record.artifact = ArtifactSummary(fileName: "a.zip", mediaType: "application/zip", bytes: 3)
        record.replacedBy = "another"
        record.lastEvent = 2
        let second = StoredEvent(
            id: 2, time: 1_001, kind: "node-state", node: "gui", state: "failed", text: "it crashed",
            remedy: "mend it", logs: ["line 1", "line 2"], url: "http://192.0.2.1/"
        )
        let change = DeploymentChange(record: record, events: [second], plan: ("abc", [1, 2, 3]), artifact: [7, 8, 9])
        try await store.apply([change])
        let kept = try await store.record(record.id)
        #expect(kept == record)
        let events = try await store.events(of: record.id, after: 0, limit: 10)
        #expect(events == [StoreFixture.event(), second])
        let plan = try await store.plan("abc")
        #expect(plan == [1, 2, 3])
        let artifact = try await store.artifact(of: record.id)
        #expect(artifact == [7, 8, 9])
    }

    @Test func `What is not there is nil`() async throws {
        let store = try await StoreFixture.store()
        let record = try await store.record("nobody")
        let plan = try await store.plan("nothing")
        let artifact = try await store.artifact(of: "nobody")
        #expect(record == nil && plan == nil && artifact == nil)
    }

    @Test func `Changes are kept all or none`() async throws {
        var record = try StoreFixture.record()
        let store = try await StoreFixture.store(record)
        record.attempt = 9
        let good = DeploymentChange(record: record)
        // The number is taken.
        let bad = DeploymentChange(record: record, events: [StoreFixture.event(1, "again")])
        await #expect(throws: StoreError.self) { try await store.apply([good, bad]) }
        let kept = try await store.record(record.id)
        #expect(kept?.attempt == 1)
    }

    @Test func `Events come in their order, from any place, as many as wanted`() async throws {
        let record = try StoreFixture.record()
        let store = try await StoreFixture.store(record)
        try await store.apply([DeploymentChange(record: record, events: (2...5).map { StoreFixture.event($0) })])
        let some = try await store.events(of: record.id, after: 2, limit: 2)
        #expect(some.map(\.id) == [3, 4])
    }

    @Test func `A store is there again after the process, and a second one is another`() async throws {
        let folder = try TemporaryFolder()
        let record = try StoreFixture.record()
        _ = try await StoreFixture.store(record, folder: folder.path)
        let again = try await SQLiteStore(folder: folder.path).record(record.id)
        #expect(again == record)
        let other = try await SQLiteStore(folder: nil).record(record.id)
        #expect(other == nil)
    }

    @Test func `What is no database is refused with a reason`() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write("deployments.sqlite", "no database at all, and longer than a header")
        #expect { try SQLiteStore(folder: folder.path) } throws: { error in
            "\(error)" == "SQLite says file is not a database (code 26)"
        }
    }
}
