internal import TargetContract
internal import GRDB

extension SQLiteStore {
    func insert(
        _ record: DeploymentRecord,
        first event: StoredEvent,
        request: RequestMark?
    ) async throws(StoreError) -> EarlierRequest? {
        try await write { database in
            if let request, let earlier = try Self.earlier(request, of: record.owner, in: database) { return earlier }
            let names = DeploymentRow.columns + ["requestKey", "requestDigest"]
            let marks = names.map { _ in "?" }.joined(separator: ", ")
            let values = try DeploymentRow.values(of: record) + [request?.key, request?.digest]
            try database.execute(
                sql: "INSERT INTO deployment (\(names.joined(separator: ", "))) VALUES (\(marks))",
                arguments: StatementArguments(values)
            )
            try EventRow.insert(event, of: record.id, into: database)
            return nil
        }
    }

    func earlier(_ request: RequestMark, of owner: DeploymentOwner) async throws(StoreError) -> EarlierRequest? {
        try await read { try Self.earlier(request, of: owner, in: $0) }
    }

    private static func earlier(
        _ request: RequestMark,
        of owner: DeploymentOwner,
        in database: Database
    ) throws -> EarlierRequest? {
        let sql = "SELECT * FROM deployment WHERE ownerID = ? AND requestKey = ?"
        guard let row = try Row.fetchOne(database, sql: sql, arguments: [owner.id, request.key]) else { return nil }
        let digest: String? = row["requestDigest"]
        return EarlierRequest(record: try DeploymentRow.record(in: row), isSame: digest == request.digest)
    }

    func apply(_ changes: [DeploymentChange]) async throws(StoreError) {
        try await write { database in
            for change in changes { try Self.apply(change, to: database) }
        }
    }

    private static let update =
        "UPDATE deployment SET " + DeploymentRow.columns.map { "\($0) = ?" }.joined(separator: ", ") + " WHERE id = ?"

    private static func apply(_ change: DeploymentChange, to database: Database) throws {
        let record = change.record
        if let plan = change.plan {
            try database.execute(
                sql: "INSERT OR IGNORE INTO plan (digest, json) VALUES (?, ?)",
                arguments: [plan.digest, plan.json.data]
            )
        }
        let values = try DeploymentRow.values(of: record) + [record.id]
        try database.cachedStatement(sql: update).execute(arguments: StatementArguments(values))
        for event in change.events { try EventRow.insert(event, of: record.id, into: database) }
        if let artifact = change.artifact {
            try database.execute(
                sql: "INSERT OR REPLACE INTO artifact (deployment, content) VALUES (?, ?)",
                arguments: [record.id, artifact.data]
            )
        }
        if change.replacesOthers, let place = record.place {
            try database.execute(
                sql: """
                    UPDATE deployment SET replacedBy = ?
                    WHERE target = ? AND server = ? AND namespace = ? AND id <> ? AND state = 'running'
                    """,
                arguments: [record.id, record.target, place.server, place.namespace, record.id]
            )
        }
    }

    func interruptActive(
        at time: Double, text: @escaping @Sendable (DeploymentRecord) -> String
    ) async throws(StoreError) -> Int {
        let active = DeploymentState.allCases.filter(\.isActive).map(\.rawValue)
        return try await write { database in
            let marks = active.map { _ in "?" }.joined(separator: ", ")
            let rows = try Row.fetchAll(
                database,
                sql: "SELECT * FROM deployment WHERE state IN (\(marks))",
                arguments: StatementArguments(active)
            )
            for row in rows {
                var record = try DeploymentRow.record(in: row)
                guard record.machine.take(.interrupted) else { continue }
                record.lastEvent += 1
                record.updated = time
                record.finished = time
                record.isCancelling = false
                let event = StoredEvent(
                    id: record.lastEvent,
                    time: time,
                    kind: StoredEvent.stateKind,
                    state: record.state.rawValue,
                    text: text(record)
                )
                try Self.apply(DeploymentChange(record: record, events: [event]), to: database)
            }
            return rows.count
        }
    }

    func forget(endedBefore time: Double, keepingPerUser count: Int) async throws(StoreError) -> Int {
        let kept = DeploymentState.allCases.filter { $0.isActive || $0 == .running }.map { "'\($0.rawValue)'" }
        let mayGo = "(state NOT IN (\(kept.joined(separator: ", "))) OR replacedBy IS NOT NULL)"
        return try await write { database in
            try database.execute(
                sql: "DELETE FROM deployment WHERE \(mayGo) AND finished < ?",
                arguments: [time]
            )
            var forgotten = database.changesCount
            try database.execute(
                sql: """
                    DELETE FROM deployment WHERE \(mayGo) AND number IN (
                        SELECT number FROM (
                            SELECT number, row_number() OVER (PARTITION BY ownerID ORDER BY number DESC) AS place
                            FROM deployment
                        ) WHERE place > ?
                    )
                    """,
                arguments: [count]
            )
            forgotten += database.changesCount
            try database.execute(
                sql: """
                    DELETE FROM plan WHERE NOT EXISTS (SELECT 1 FROM deployment WHERE planDigest = plan.digest)
                    """
            )
            return forgotten
        }
    }
}
