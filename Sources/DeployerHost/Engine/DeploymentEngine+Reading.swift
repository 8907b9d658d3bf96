internal import TargetContract

extension DeploymentEngine {
    /// A deployment that a user may see: an own one, or any for administrators.
    /// - Throws: `EngineError.unknown` or `StoreError`.
    func record(_ id: String, for session: Session) async throws -> DeploymentRecord {
        let record = if let job = jobs[id] { job.committed } else { try await store.record(id) }
        guard let record, session.user.isAdministrator || record.owner.id == session.user.userID else {
            throw EngineError.unknown
        }
        return record
    }

    /// Events with higher numbers than the given one, as far as they are kept, and the deployment as it is with them.
    func events(of id: String, after number: Int, limit: Int = 1_000) async throws -> [StoredEvent] {
        if let job = jobs[id], let first = job.events.first, number >= first.id - 1 {
            return Array(job.events.drop { $0.id <= number }.prefix(limit))
        }
        return try await store.events(of: id, after: number, limit: limit)
    }

    /// Tells whenever there is something new, until the caller loses interest or the host ends.
    func follow(_ id: String) -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        guard !isDraining else {
            continuation.finish()
            return stream
        }
        lastFollower += 1
        let number = lastFollower
        followers[id, default: [:]][number] = continuation
        continuation.onTermination = { _ in
            Task { await self.unfollow(id, number) }
        }
        return stream
    }

    private func unfollow(_ id: String, _ number: Int) {
        followers[id]?[number] = nil
        if followers[id]?.isEmpty == true { followers[id] = nil }
    }

    /// What there is to do: active deployments by state, and how many of them wait.
    var load: (active: [DeploymentState: Int], queued: Int) {
        let active = jobs.values.reduce(into: [:]) { counts, job in counts[job.record.state, default: 0] += 1 }
        return (active, queue.count)
    }

    /// The options of a deployment with what was given, for looking at it.
    ///
    /// While it is active its secrets are there; afterwards they must be given.
    func options(
        of record: DeploymentRecord,
        on target: LoadedTarget,
        with given: [String: String],
        for user: UserIdentity
    ) async throws -> OptionValues {
        if given.isEmpty, let options = jobs[record.id]?.options { return options }
        let all = try target.completed(given, of: record, for: user)
        let options = try OptionValues(all, for: target.manifest.options)
        let place = try await target.place(for: options)
        guard place == record.place else { throw EngineError.otherPlace }
        return options
    }
}
