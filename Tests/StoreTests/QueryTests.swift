import Testing

@testable import DeployerHost

@Suite(.timeLimit(.minutes(1)))
struct QueryTests {
    private static func filled() async throws -> SQLiteStore {
        try await StoreFixture.store(
            StoreFixture.record(1), StoreFixture.record(2, owner: "bob"), StoreFixture.record(3, state: .running),
            StoreFixture.record(4, target: "other")
        )
    }

    private func numbers(_ query: DeploymentQuery) async throws -> [Int] {
        try await Self.filled().records(query).map { Int($0.created) - 1_000 }
    }

    @Test func `Deployments are listed newest first, filtered and in pages`() async throws {
        let all = try await numbers(DeploymentQuery())
        #expect(all == [4, 3, 2, 1])
        let own = try await numbers(DeploymentQuery(owner: "alice"))
        #expect(own == [4, 3, 1])
        let running = try await numbers(DeploymentQuery(owner: "alice", state: .running))
        #expect(running == [3])
        let other = try await numbers(DeploymentQuery(target: "other"))
        #expect(other == [4])
        let page = try await numbers(DeploymentQuery(before: try StoreFixture.record(3).id, limit: 1))
        #expect(page == [2])
        let beyond = try await numbers(DeploymentQuery(before: "nobody"))
        #expect(beyond.isEmpty)
    }

    @Test func `A request that comes again is recognised for its user, and compared`() async throws {
        let store = try await StoreFixture.store()
        let mark = RequestMark(key: "key", digest: "digest")
        let alice = try StoreFixture.record(1)
        let first = try await store.insert(alice, first: StoreFixture.event(), request: mark)
        #expect(first?.record == nil)
        let again = try await store.insert(StoreFixture.record(2), first: StoreFixture.event(), request: mark)
        #expect(again?.record == alice && again?.isSame == true)
        let changed = try await store.earlier(RequestMark(key: "key", digest: "another"), of: alice.owner)
        #expect(changed?.isSame == false)
        let bob = try StoreFixture.record(3, owner: "bob")
        let others = try await store.insert(bob, first: StoreFixture.event(), request: mark)
        #expect(others?.record == nil)
        let count = try await store.records(DeploymentQuery()).count
        #expect(count == 2)
    }

    @Test func `What was active when the process ended is interrupted, with an event that says so`() async throws {
        let store = try await StoreFixture.store(
            StoreFixture.record(1), StoreFixture.record(2, state: .waiting), StoreFixture.record(3, state: .running)
        )
        let count = try await store.interruptActive(at: 5_000) { "the host ended \($0.id)" }
        #expect(count == 2)
        let states = try await store.records(DeploymentQuery()).map(\.state)
        #expect(states == [.running, .interrupted, .interrupted])
        let id = try StoreFixture.record(2).id
        let events = try await store.events(of: id, after: 0, limit: 10)
        #expect(events.map(\.id) == [1, 2])
        #expect(events.last?.state == "interrupted" && events.last?.text == "the host ended \(id)")
        let record = try await store.record(id)
        #expect(record?.lastEvent == 2 && record?.finished == 5_000)
    }

    @Test func `Old deployments are forgotten with their events and plans, but for those that run`() async throws {
        var failed = try StoreFixture.record(1, state: .failed)
        let store = try await StoreFixture.store(
            failed, StoreFixture.record(2, state: .running), StoreFixture.record(3),
            StoreFixture.record(4, state: .completed)
        )
        failed.planDigest = "abc"
        try await store.apply([DeploymentChange(record: failed, plan: ("abc", [1]), artifact: [1])])
        let count = try await store.forget(endedBefore: 2_002.5, keepingPerUser: 100)
        #expect(count == 1)
        let left = try await store.records(DeploymentQuery()).map(\.state)
        #expect(left == [.completed, .queued, .running])
        let events = try await store.events(of: failed.id, after: 0, limit: 10)
        let plan = try await store.plan("abc")
        let artifact = try await store.artifact(of: failed.id)
        #expect(events.isEmpty && plan == nil && artifact == nil)
    }

    @Test func `Of each user only the newest are kept`() async throws {
        let store = try await StoreFixture.store(
            StoreFixture.record(1, state: .failed), StoreFixture.record(2, state: .running),
            StoreFixture.record(3, state: .failed), StoreFixture.record(4, state: .failed),
            StoreFixture.record(5, owner: "bob", state: .failed)
        )
        let count = try await store.forget(endedBefore: 0, keepingPerUser: 1)
        #expect(count == 2)
        let left = try await store.records(DeploymentQuery()).map { Int($0.created) - 1_000 }
        #expect(left == [5, 4, 2])
    }

    @Test func `A deployment takes the place of those that ran there before`() async throws {
        var records = try (1...4).map { try StoreFixture.record($0, state: .running) }
        for index in records.indices { records[index].place = .init(server: "s", namespace: index == 2 ? "b" : "a") }
        records[1].machine = DeploymentMachine(state: .failed, operation: .deploy)
        let store = try await StoreFixture.store(records[0], records[1], records[2], records[3])
        try await store.apply([DeploymentChange(record: records[3], replacesOthers: true)])
        let replaced = try await store.records(DeploymentQuery()).map { $0.replacedBy == records[3].id }
        #expect(replaced == [false, false, false, true])
    }
}
