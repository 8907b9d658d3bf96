internal import Logging
internal import TargetContract

extension DeploymentEngine {
    /// How often a deployment is begun by itself before it is left to its user: it may be what ends the host.
    private static let maximumResumptions = 5
    /// How long ago a deployment may have been interrupted, in seconds: who has waited longer has helped themselves.
    private static let maximumAge = 86_400.0

    /// Begins again with deployments that the end of the host has interrupted, where their target needs nothing from
    /// their user. They are made in the name of their owner, who must still be allowed to use the target, with the roles
    /// of the last time, and to read the solution; the owner's sign-in may have ended meanwhile, as it would have while
    /// the work went on. What is in the way for a while only is waited for.
    /// - Throws: `StoreError`.
    func resumeInterrupted() async throws(StoreError) {
        var query = DeploymentQuery(state: .interrupted)
        query.isResumable = true
        query.limit = limits.concurrent + limits.queued
        for record in try await store.records(query).reversed() {
            guard record.operation == .deploy, record.replacedBy == nil else { continue }
            if let reason = reluctance(record) {
                await leave(record.id, because: reason)
            } else {
                await resume(record)
            }
        }
    }

    /// Why a deployment is left to its user; nil where it is begun again.
    private func reluctance(_ record: DeploymentRecord) -> String? {
        if record.resumptions >= Self.maximumResumptions {
            return "the host has ended \(record.resumptions) times in a row while it was at work on it"
        }
        let age = now() - (record.finished ?? record.updated)
        return age > Self.maximumAge ? "it was interrupted more than a day ago" : nil
    }

    private func resume(_ record: DeploymentRecord) async {
        var patience = patience()
        guard let pause = await attempt(record, &patience) else { return }
        resumptions[record.id] = Task { [patience] in
            var patience = patience
            var next: Duration? = pause
            while let pause = next, (try? await Task.sleep(for: pause)) != nil {
                next = await attemptAgain(record, &patience)
            }
            if !Task.isCancelled { waitingEnded(record.id) }
        }
    }

    /// Begins again with a deployment that has waited, unless somebody has done something meanwhile.
    /// - Returns: as `attempt` does.
    private func attemptAgain(_ record: DeploymentRecord, _ patience: inout Patience) async -> Duration? {
        do throws(StoreError) {
            let now = try await store.record(record.id)
            guard !Task.isCancelled, now?.state == .interrupted, now?.attempt == record.attempt else { return nil }
        } catch {
            return patience.pause(after: error)
        }
        if let place = record.place, newerPlaces.contains(PlaceKey(target: record.target, place: place)) {
            await leave(record.id, because: "another deployment has gone to the same place since")
            return nil
        }
        return await attempt(record, &patience)
    }

    /// Ends the waiting of a deployment that was to go on by itself, as its user wants.
    /// - Returns: whether there was any.
    func endWaiting(_ id: String) async -> Bool {
        guard let resumption = resumptions[id] else { return false }
        resumption.cancel()
        waitingEnded(id)
        await leave(id, because: "its user does not want it to")
        return true
    }

    private func waitingEnded(_ id: String) {
        resumptions[id] = nil
        // What is newer matters to what waits only.
        if resumptions.isEmpty { newerPlaces = [] }
    }

    /// Begins again with a deployment, or leaves it to its owner.
    /// - Returns: after which pause that is to be tried once more; nil where it is not.
    private func attempt(_ record: DeploymentRecord, _ patience: inout Patience) async -> Duration? {
        do {
            _ = try await request(
                .deploy,
                of: record.id,
                options: [:],
                by: Session(user: UserIdentity(record.owner), expires: .infinity),
                in: live.current,
                isByItself: true
            )
            let text = "The host has started again, and goes on by itself"
            write(record.id, [DeploymentEvent(.information, text: text)])
        } catch {
            if isDraining { return nil }
            logger.warning(
                "a deployment does not go on by itself",
                metadata: ["deployment": "\(record.id)", "reason": "\(error)"]
            )
            let failure = DeploymentFailure(error)
            if let pause = patience.pause(after: error) {
                await tell(record.id, DeploymentEvent(.information, text: Self.waiting(pause, failure)))
                return pause
            }
            await leave(record.id, because: "\(failure.what): \(failure.why)", remedy: failure.remedy)
        }
        return nil
    }

    /// Leaves a deployment to its owner, and tells why.
    private func leave(_ id: String, because reason: String, remedy: String? = nil) async {
        let text = "It does not go on by itself: \(reason)"
        await tell(id, DeploymentEvent(.warning, text: text, remedy: remedy ?? "Deploy it again"), isLast: true)
    }

    /// Keeps an event of an interrupted deployment.
    /// - Parameter isLast: whether it does not go on by itself any more.
    private func tell(_ id: String, _ event: DeploymentEvent, isLast: Bool = false) async {
        guard jobs[id] == nil, reserved.insert(id).inserted else { return }
        defer { reserved.remove(id) }
        do throws(StoreError) {
            guard var record = try await store.record(id), record.state == .interrupted else { return }
            if isLast { record.isResumable = false }
            record.lastEvent += 1
            record.updated = now()
            let stored = StoredEvent(id: record.lastEvent, time: record.updated, event)
            try await store.apply([DeploymentChange(record: record, events: [stored])])
            for follower in (followers[id] ?? [:]).values { follower.yield() }
        } catch {
            logger.error("the store takes nothing", metadata: ["reason": "\(error)"])
        }
    }

    private static func waiting(_ pause: Duration, _ failure: DeploymentFailure) -> String {
        "It cannot go on yet, and is tried again in \(pause.components.seconds) s: \(failure.what): \(failure.why)"
    }

    /// Does work that goes on by itself, once more after a pause where what it needs is not there yet.
    /// - Parameter report: takes an event for each pause.
    /// - Throws: what the work has thrown last; `CancellationError`.
    func patiently<Value>(
        _ id: String, _ report: EventReporter, _ work: () async throws -> Value
    ) async throws -> Value {
        var patience = self.patience()
        while true {
            do {
                return try await work()
            } catch {
                guard let pause = patience.pause(after: error) else { throw error }
                report(DeploymentEvent(.information, text: Self.waiting(pause, DeploymentFailure(error))))
                // It is not the target that is silent.
                jobs[id]?.lastSign = .now + pause
                try await Task.sleep(for: pause)
                jobs[id]?.failedNode = nil
                renewTarget(of: id)
            }
        }
    }
}
