internal import Blueprints
internal import Logging
internal import TargetContract

/// Works on deployments: a bounded number at once, the others in a queue; keeps what happens, and tells who follows.
actor DeploymentEngine {
    /// The host as it is at the moment; what a request was begun with, it keeps.
    let live: LiveDeployer
    let store: any DeploymentStore
    let journal: DeploymentJournal
    let observers: [any DeploymentObserver]
    let logger: Logger
    let now: @Sendable () -> Double
    /// How long work that goes on by itself waits for what it needs.
    let patience: @Sendable () -> Patience

    /// What is active, by id.
    var jobs: [String: DeploymentJob] = [:]
    /// What waits, in its order.
    var queue: [String] = []
    /// What is worked on.
    var working: Set<String> = []
    /// Where something is active or about to be.
    var occupied: [PlaceKey: Occupant] = [:]
    /// Deployments that are about to be active again.
    var reserved: Set<String> = []
    /// How many new deployments are about to be kept, by target.
    var arriving: [String: Int] = [:]
    /// Requests that are being taken, and those of the same name that wait for what becomes of them.
    var turns: [RequestName: [CheckedContinuation<Void, Never>]] = [:]
    var lastRun = 0
    var followers: [String: [Int: AsyncStream<Void>.Continuation]] = [:]
    var lastFollower = 0
    /// Logs that are being read.
    var readers: [Int: WeakReading] = [:]
    var lastReader = 0
    /// What waits before it is tried to go on with it once more.
    var resumptions: [String: Task<Void, Never>] = [:]
    /// Where something else was begun while such work was waiting.
    var newerPlaces: Set<PlaceKey> = []
    var isDraining = false
    var journalTask: Task<Void, Never>?
    var watchTask: Task<Void, Never>?

    /// Which deployment has a place, and whose it is.
    struct Occupant {
        let deployment: String
        let owner: String
    }

    /// Logs that are being read, as long as somebody wants them.
    struct WeakReading {
        weak var task: LogReadingTask?

        init(_ task: LogReadingTask) { self.task = task }
    }

    /// What a user calls a request.
    struct RequestName: Hashable {
        let owner: String
        let key: String
    }

    /// The limits as they are at the moment.
    var limits: EngineLimits { live.current.configuration.deployments }

    init(
        live: LiveDeployer,
        store: any DeploymentStore,
        observers: [any DeploymentObserver] = [],
        logger: Logger,
        patience: @escaping @Sendable () -> Patience = { Patience() },
        now: @escaping @Sendable () -> Double
    ) {
        self.live = live
        self.store = store
        self.observers = observers
        self.logger = logger
        self.patience = patience
        self.now = now
        journal = DeploymentJournal(store: store)
    }

    /// Marks what an earlier process left as interrupted, goes on with what needs no user, and begins to work.
    /// - Throws: `StoreError`.
    func start() async throws(StoreError) {
        let count = try await store.interruptActive(at: now()) { record in
            "The host ended before the work did. \(DeploymentEnd.wayOn(record))"
        }
        if count > 0 { logger.warning("deployments were interrupted", metadata: ["count": "\(count)"]) }
        journalTask = Task { [journal, logger] in
            await journal.run { changes in
                await self.committed(changes)
            } failed: { error in
                logger.error("the store takes nothing", metadata: ["reason": "\(error)"])
            }
        }
        watchTask = Task { await self.watch() }
        try await resumeInterrupted()
    }

    // MARK: What is kept, and who is told

    /// Numbers events, and gives the change to the store.
    func write(_ id: String, _ events: [DeploymentEvent], complete: (inout DeploymentChange) -> Void = { _ in }) {
        guard var job = jobs[id] else { return }
        let time = now()
        let numbered = events.map { event in
            job.record.lastEvent += 1
            return StoredEvent(id: job.record.lastEvent, time: time, job.scrubber.clean(event))
        }
        job.record.updated = time
        jobs[id] = job
        var change = DeploymentChange(record: job.record, events: numbered)
        complete(&change)
        journal.write(change)
    }

    private func committed(_ changes: [DeploymentChange]) {
        for change in changes {
            let id = change.record.id
            if jobs[id] != nil {
                jobs[id]?.committed = change.record
                jobs[id]?.events.append(contentsOf: change.events)
                let surplus = (jobs[id]?.events.count ?? 0) - DeploymentJob.recentEvents
                if surplus > 0 { jobs[id]?.events.removeFirst(surplus) }
                if !change.record.state.isActive { jobs[id] = nil }
            }
            for event in change.events { for observer in observers { observer.observe(event, of: change.record) } }
            for follower in (followers[id] ?? [:]).values { follower.yield() }
        }
    }
}
