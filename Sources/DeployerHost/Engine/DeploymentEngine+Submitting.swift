internal import Blueprints
internal import Secrets
internal import Documents
internal import TargetContract

/// A wish to deploy a solution.
struct DeploymentSubmission: Sendable {
    /// The host as the request found it.
    var deployer: Deployer
    var session: Session
    var reference: SolutionReference
    /// The target's id.
    var target: String
    /// The options as they were given, secrets included.
    var options: [String: String]
    /// What the client calls the request, so that it can be repeated.
    var key: String?
    /// What the solution is called, where that is known already.
    var title: SolutionTitle?
}

extension DeploymentEngine {
    /// Takes a wish, and returns once it is kept.
    /// - Returns: the deployment, and whether it is a new one.
    /// - Throws: `TargetError`, `OptionProblems`, `TargetUseRefusal`, `LimitRefusal`, `EngineError` or `StoreError`;
    ///   then nothing is kept.
    func submit(_ submission: DeploymentSubmission) async throws -> (record: DeploymentRecord, isNew: Bool) {
        let target = try submission.deployer.targets.required(submission.target)
        let given = try target.completed(submission.options, for: submission.session.user)
        let options = try OptionValues(given, for: target.manifest.options)
        let user = submission.session.user
        let owner = DeploymentOwner(id: user.userID, name: user.name, standing: UserStanding(user))
        let shown = target.shownOptions(given)
        let request = submission.key.map { RequestMark(key: $0, digest: digest(of: submission, shown)) }
        let name = submission.key.map { RequestName(owner: owner.id, key: $0) }
        await takeTurn(name)
        defer { endTurn(name) }
        if let request, let earlier = try await store.earlier(request, of: owner) { return try repeated(earlier) }
        try target.admit(submission.session.user)
        let place = try await target.place(for: options)
        try target.checkLimits(of: place)
        let isResumable = try await target.canResume(.deploy, with: options)
        try requireRoom(for: target.manifest.id)

        var record = DeploymentRecord(
            id: DeploymentID.make(),
            owner: owner,
            reference: submission.reference,
            target: target.manifest.id,
            options: shown,
            created: now(),
            updated: now()
        )
        record.place = place
        record.solution = submission.title
        record.isResumable = isResumable
        let key = try occupy(record)
        let event = queued(&record)
        arriving[record.target, default: 0] += 1
        defer { arriving[record.target, default: 0] -= 1 }
        do {
            if let earlier = try await store.insert(record, first: event, request: request) {
                release(key)
                return try repeated(earlier)
            }
        } catch {
            release(key)
            throw error
        }
        enqueue(record, event, target: target, options: options, given: given, submission.session)
        return (record, true)
    }

    /// Waits while a request of the same name is being taken: it may be the very same one.
    private func takeTurn(_ name: RequestName?) async {
        guard let name else { return }
        while turns[name] != nil {
            await withCheckedContinuation { turns[name]?.append($0) }
        }
        turns[name] = []
    }

    private func endTurn(_ name: RequestName?) {
        guard let name else { return }
        for waiting in turns.removeValue(forKey: name) ?? [] { waiting.resume() }
    }

    private func repeated(_ earlier: EarlierRequest) throws -> (record: DeploymentRecord, isNew: Bool) {
        guard earlier.isSame else { throw EngineError.keyReused }
        return (jobs[earlier.record.id]?.committed ?? earlier.record, false)
    }

    private func digest(of submission: DeploymentSubmission, _ shown: [String: String]) -> String {
        let words =
            ["\(submission.reference)", submission.target] + shown.sorted { $0.key < $1.key }.flatMap { [$0, $1] }
        return SHA256(hashing: Document.array(words.map(Document.string)).json()).hex
    }

    /// Does something else with a deployment that has ended, and returns once that is kept.
    /// - Parameters:
    ///   - operation: nil for starting it again in the way that fits.
    ///   - given: options beside those that are kept; secret ones always.
    ///   - deployer: the host as the request found it.
    ///   - isByItself: whether the host does it, and not the user.
    /// - Throws: as `submit` does.
    func request(
        _ operation: DeploymentOperation?,
        of id: String,
        options given: [String: String],
        by session: Session,
        in deployer: Deployer,
        isByItself: Bool = false
    ) async throws -> DeploymentRecord {
        var record = try await self.record(id, for: session)
        try requireRoom(for: record.target)
        guard jobs[id] == nil, reserved.insert(id).inserted else {
            throw EngineError.wrongState(jobs[id]?.record.state ?? record.state, operation)
        }
        defer { reserved.remove(id) }
        // As it is now that nothing else can happen to it.
        record = try await self.record(id, for: session)
        let target = try deployer.targets.required(record.target)
        let operation = operation ?? (record.state == .running && target.can(.rerunning) ? .rerun : .deploy)
        if operation != .deploy, let newer = record.replacedBy { throw EngineError.replaced(by: newer) }
        if operation == .undeploy {
            try target.require(.undeploying)
        } else {
            try target.admit(session.user)
        }
        let all = try target.completed(given, of: record, for: session.user)
        let options = try OptionValues(all, for: target.manifest.options)
        let place = try await target.place(for: options)
        if operation != .undeploy { try target.checkLimits(of: place) }
        let isResumable = try await target.canResume(operation, with: options)
        guard !isDraining else { throw EngineError.draining }
        guard place == record.place else { throw EngineError.otherPlace }
        guard record.machine.take(.requested(operation)) else {
            throw EngineError.wrongState(record.state, operation)
        }
        if record.owner.id == session.user.userID { record.owner.standing = UserStanding(session.user) }
        record.options = target.shownOptions(all)
        record.isResumable = isResumable
        record.resumptions = isByItself ? record.resumptions + 1 : 0
        record.failure = nil
        record.finished = nil
        record.isCancelling = false
        if operation == .deploy {
            record.attempt += 1
            record.links = []
            record.replacedBy = nil
        }
        let key = try occupy(record)
        let event = queued(&record)
        do {
            try await store.apply([DeploymentChange(record: record, events: [event])])
        } catch {
            release(key)
            throw error
        }
        for follower in (followers[id] ?? [:]).values { follower.yield() }
        enqueue(record, event, target: target, options: options, given: all, session)
        jobs[id]?.goesOnByItself = isByItself
        return record
    }

    /// More is taken as long as as many wait as may. What would be begun at once is taken, too: those that wait may all
    /// be for a target that has its hands full.
    private func requireRoom(for target: String) throws(EngineError) {
        guard !isDraining else { throw EngineError.draining }
        let limits = limits
        let free = max(0, limits.concurrent - working.count)
        let arriving = arriving.values.reduce(0, +)
        if queue.count + arriving < limits.queued + free { return }
        guard free > arriving, hasRoom(target, besides: self.arriving[target] ?? 0) else { throw EngineError.full }
    }

    /// Whether a target may have more work at once than it has.
    /// - Parameter others: how many count beside those that are worked on.
    func hasRoom(_ target: String, besides others: Int = 0) -> Bool {
        guard let limit = live.current.targets[target]?.limits.concurrent else { return true }
        return working.count { jobs[$0]?.record.target == target } + others < limit
    }

    private func enqueue(
        _ record: DeploymentRecord,
        _ event: StoredEvent,
        target: LoadedTarget,
        options: OptionValues,
        given: [String: String],
        _ session: Session
    ) {
        jobs[record.id] = DeploymentJob(
            record: record,
            committed: record,
            events: [event],
            target: target,
            options: options,
            scrubber: SecretScrubber(given, options: target.manifest.options),
            session: session
        )
        for observer in observers { observer.observe(event, of: record) }
        queue.append(record.id)
        beginNext()
    }

    private func queued(_ record: inout DeploymentRecord) -> StoredEvent {
        record.lastEvent += 1
        record.updated = now()
        let isFull = !hasRoom(record.target)
        let others = isFull ? queue.count { jobs[$0]?.record.target == record.target } : queue.count
        let before = isFull || queue.count + working.count >= limits.concurrent ? others : 0
        let text = before == 0 ? "In the queue" : "In the queue, \(before) before it"
        return StoredEvent(
            id: record.lastEvent,
            time: record.updated,
            kind: StoredEvent.stateKind,
            state: DeploymentState.queued.rawValue,
            text: text
        )
    }

    // MARK: Places

    private func occupy(_ record: DeploymentRecord) throws(EngineError) -> PlaceKey? {
        guard let place = record.place else { return nil }
        let key = PlaceKey(target: record.target, place: place)
        if let occupant = occupied[key], occupant.deployment != record.id {
            throw EngineError.placeTaken(deployment: occupant.owner == record.owner.id ? occupant.deployment : nil)
        }
        if !resumptions.isEmpty { newerPlaces.insert(key) }
        occupied[key] = Occupant(deployment: record.id, owner: record.owner.id)
        return key
    }

    func release(_ key: PlaceKey?) {
        if let key { occupied[key] = nil }
    }
}

extension LoadedTarget {
    /// The options that may be kept and shown.
    func shownOptions(_ given: [String: String]) -> [String: String] {
        let shown = Set(manifest.options.filter { !$0.isSecret }.map(\.name))
        return given.filter { shown.contains($0.key) && !$0.value.isEmpty }
    }

    /// Whether work that the end of the host interrupts can be begun again without its user.
    func canResume(_ operation: DeploymentOperation, with options: OptionValues) async throws -> Bool {
        guard can(.resuming), operation == .deploy, options.secretNames.isEmpty else { return false }
        return try await hosted.canResume(with: options)
    }

    /// Where a deployment with these options goes; nil for a target whose deployments have no place.
    func place(for options: OptionValues) async throws -> DeploymentPlace? {
        can(.placing) ? try await hosted.place(for: options) : nil
    }
}
