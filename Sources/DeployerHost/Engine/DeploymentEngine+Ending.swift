internal import Logging
internal import TargetContract

extension DeploymentEngine {
    /// Ends the work on a deployment, or its waiting to go on by itself, as its user wants, and returns once that is kept.
    /// - Throws: `EngineError` where there is neither.
    func cancel(_ id: String, by session: Session) async throws -> DeploymentRecord {
        let record = try await self.record(id, for: session)
        if await endWaiting(id) { return try await self.record(id, for: session) }
        guard let job = jobs[id], job.record.state.isActive else { throw EngineError.wrongState(record.state, nil) }
        var signs = follow(id).makeAsyncIterator()
        end(id, .user)
        let last = jobs[id]?.record.lastEvent ?? 0
        while let job = jobs[id], job.committed.lastEvent < last, await signs.next() != nil {}
        return try await self.record(id, for: session)
    }

    private func end(_ id: String, _ reason: DeploymentJob.Ending.Reason) {
        guard let job = jobs[id], job.options != nil, job.ending == nil else { return }
        jobs[id]?.ending = DeploymentJob.Ending(reason: reason)
        if reason == .user { jobs[id]?.record.isResumable = false }
        guard working.contains(id) else { return finish(id, .failure(CancellationError())) }
        if reason == .user {
            jobs[id]?.record.isCancelling = true
            write(id, [DeploymentEvent(.information, text: "Its user wants it to end")])
        }
        job.task?.cancel()
    }

    /// After how many seconds followers are woken although nothing has happened.
    private static let heartbeat = 15

    /// Looks once a second for targets that tell nothing, or do not stop when they are to.
    func watch() async {
        var ticks = 0
        while !Task.isCancelled {
            try? await Task.sleep(for: .seconds(1))
            let now = ContinuousClock.now
            for id in working {
                guard let job = jobs[id] else { continue }
                if let ending = job.ending {
                    if now - ending.since > limits.stopping { abandon(id) }
                } else if now - job.lastSign > limits.quiet {
                    end(id, .silence)
                }
            }
            if ticks % Self.heartbeat == 0 {
                for follower in followers.values.flatMap(\.values) { follower.yield() }
            }
            if ticks % 3_600 == 0 { await forgetOld() }
            ticks += 1
        }
    }

    /// Goes on without a target that does not stop.
    private func abandon(_ id: String) {
        let text = "The target did not stop when it was asked to; what it still does is not seen any more"
        write(id, [DeploymentEvent(.warning, text: text)])
        logger.error("a target does not stop", metadata: ["deployment": "\(id)"])
        finish(id, .failure(CancellationError()))
    }

    private func forgetOld() async {
        let limit = now() - Double(limits.keptDays) * 86_400
        do throws(StoreError) {
            let count = try await store.forget(endedBefore: limit, keepingPerUser: limits.keptPerUser)
            if count > 0 { logger.info("old deployments were forgotten", metadata: ["count": "\(count)"]) }
        } catch {
            guard !Task.isCancelled else { return }
            logger.error("old deployments cannot be forgotten", metadata: ["reason": "\(error)"])
        }
    }

    /// Takes no more work, lets what is there end for a while, and interrupts the rest. Returns when all is kept.
    func drain() async {
        guard !isDraining else { return }
        isDraining = true
        for resumption in resumptions.values { resumption.cancel() }
        for id in queue { end(id, .shutdown) }
        await waitForWork(limits.shutdown)
        for id in working { end(id, .shutdown) }
        await waitForWork(.seconds(5))
        for id in working { finish(id, .failure(CancellationError())) }
        watchTask?.cancel()
        journal.close()
        await journalTask?.value
        for follower in followers.values.flatMap(\.values) { follower.finish() }
        followers = [:]
        for reader in readers.values { reader.task?.cancel() }
    }

    private func waitForWork(_ patience: Duration) async {
        let deadline = ContinuousClock.now + patience
        while !working.isEmpty, ContinuousClock.now < deadline {
            // Not cancelled with the task that drains: the time is promised.
            await Task.detached { try? await Task.sleep(for: .milliseconds(20)) }.value
        }
    }
}
