internal import HTTPTypes
internal import Passes
internal import TargetContract

/// A deployment with everything that a page shows.
struct DeploymentView: Sendable {
    let record: DeploymentRecord
    let events: [StoredEvent]
    let progress: DeploymentProgress
    /// Nil as long as there is none.
    let plan: SolutionPlan?
}

extension DeploymentEngine {
    /// A deployment as it is now.
    /// - Throws: `EngineError.unknown` or `StoreError`.
    func view(_ id: String, for session: Session) async throws -> DeploymentView {
        let record = try await self.record(id, for: session)
        var events: [StoredEvent] = []
        while (events.last?.id ?? 0) < record.lastEvent {
            let more = try await store.events(of: id, after: events.last?.id ?? 0, limit: 2_000)
            guard !more.isEmpty else { break }
            events += more.filter { $0.id <= record.lastEvent }
        }
        let plan = record.planDigest == nil ? nil : try await storedPlan(of: record)
        return DeploymentView(record: record, events: events, progress: DeploymentProgress(events), plan: plan)
    }

    /// A page of the list, and the id with which the next one begins.
    func page(_ query: DeploymentQuery) async throws -> (records: [DeploymentRecord], next: String?) {
        var query = query
        query.limit += 1
        let records = try await store.records(query)
        guard records.count == query.limit else { return (records, nil) }
        let shown = Array(records.dropLast())
        return (shown, shown.last?.id)
    }

    /// The file that a deployment left. For one that left none it is the solution package of its plan.
    /// - Throws: `Problem` with status 404 where there is nothing to have.
    func artifact(of id: String, for session: Session, in deployer: Deployer) async throws -> DeploymentOutcome.Artifact
    {
        let record = try await self.record(id, for: session)
        if let summary = record.artifact, let bytes = try await store.artifact(of: id) {
            return .init(fileName: summary.fileName, mediaType: summary.mediaType, bytes: bytes)
        }
        guard record.planDigest != nil, let target = deployer.targets.packages(for: session.user) else {
            throw Problem(
                .notFound,
                "There is no file",
                detail: "The deployment has left none, and no package of it can be made.",
                remedy:
                    "Wait until it has been planned, or ask the administrator to enable a target that makes packages."
            )
        }
        let plan = try await storedPlan(of: record)
        try target.checkLimits(of: plan)
        let options = try OptionValues(target.completed([:], for: session.user), for: target.manifest.options)
        let outcome = try await target.hosted.deploy(plan, options: options) { _ in }
        guard let artifact = outcome.artifact else { throw EngineError.unknown }
        return artifact
    }

    /// Begins to read what containers print. It ends when nobody holds what is returned.
    /// - Parameter node: nil for all.
    /// - Throws: `EngineError`, `OptionProblems` where secrets must be given again, `TargetError`, `StoreError`.
    func readLogs(
        of id: String,
        for session: Session,
        node: String?,
        follow: Bool,
        options given: [String: String],
        in deployer: Deployer
    ) async throws -> LogReadingTask {
        let record = try await self.record(id, for: session)
        let target = try jobs[id]?.target ?? deployer.targets.required(record.target)
        try target.require(.logs)
        let options = try await self.options(of: record, on: target, with: given, for: session.user)
        guard !isDraining else { throw EngineError.draining }
        lastReader += 1
        let number = lastReader
        // Nobody reads on when the time is over in which they are signed in.
        let rest = Duration.seconds(min(max(0, session.expires - now()), 86_400))
        let reading = LogReadingTask(
            within: follow ? rest : LogReadingTask.patience,
            isExpected: follow
        ) { line in
            try await target.hosted.logs(
                of: record.reference, node: node, follow: follow, options: options, line: line)
        } ended: {
            await self.ended(reader: number)
        }
        readers[number] = WeakReading(reading)
        return reading
    }

    private func ended(reader number: Int) { readers[number] = nil }
}
