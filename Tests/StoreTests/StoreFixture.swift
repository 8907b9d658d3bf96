import Blueprints
import TargetContract
import Testing

@testable import DeployerHost

/// Deployments to keep.
enum StoreFixture {
    static func record(
        _ number: Int = 1,
        owner: String = "alice",
        state: DeploymentState = .queued,
        target: String = "fixture"
    ) throws -> DeploymentRecord {
        var record = DeploymentRecord(
            id: String(repeating: "0", count: 8) + "-0000-4000-8000-" + String(100_000_000_000 + number),
            owner: DeploymentOwner(id: owner, name: "\(owner)@example.org"),
            reference: try #require(SolutionReference(solutionID: "solution", revisionID: "revision")),
            target: target,
            options: ["size": "1Gi", "text": "a \"quoted\" text\nin Grün"],
            created: 1_000 + Double(number),
            updated: 1_000 + Double(number)
        )
        record.machine = DeploymentMachine(state: state, operation: .deploy)
        if !state.isActive { record.finished = 2_000 + Double(number) }
        record.lastEvent = 1
        return record
    }

    static func event(_ id: Int = 1, _ text: String = "In the queue") -> StoredEvent {
        StoredEvent(id: id, time: 1_000.125, kind: "state", state: "queued", text: text)
    }

    /// A store with some deployments.
    static func store(_ records: DeploymentRecord..., folder: String? = nil) async throws -> SQLiteStore {
        let store = try SQLiteStore(folder: folder)
        for record in records {
            let earlier = try await store.insert(record, first: event(), request: nil)
            #expect(earlier?.record == nil)
        }
        return store
    }
}
