internal import Blueprints
internal import Documents
internal import GRDB
internal import TargetContract

/// A deployment as a row of its table.
enum DeploymentRow {
    static let columns = [
        "id", "ownerID", "ownerName", "solutionID", "revisionID", "target", "solutionName", "solutionVersion",
        "options", "server", "namespace", "state", "operation", "isCancelling", "attempt", "created", "updated",
        "finished", "planDigest", "blueprintDigest", "failure", "links", "artifact", "replacedBy", "lastEvent",
        "isResumable", "ownerStanding", "resumptions",
    ]

    /// The values of the columns, in their order.
    static func values(of record: DeploymentRecord) throws -> [(any DatabaseValueConvertible)?] {
        [
            record.id, record.owner.id, record.owner.name, record.reference.solutionID, record.reference.revisionID,
            record.target, record.solution?.name, record.solution?.version, try json(record.options),
            record.place?.server, record.place?.namespace, record.state.rawValue, record.operation.rawValue,
            record.isCancelling, record.attempt, record.created, record.updated, record.finished, record.planDigest,
            record.blueprintDigest, try record.failure.map(json), try json(record.links),
            try record.artifact.map(json), record.replacedBy, record.lastEvent,
            record.isResumable, try record.owner.standing.map(json), record.resumptions,
        ]
    }

    /// The deployment in a row.
    /// - Throws: `StoreError` for a row that this version did not write.
    static func record(in row: Row) throws -> DeploymentRecord {
        guard
            let reference = SolutionReference(solutionID: row["solutionID"], revisionID: row["revisionID"]),
            let state = DeploymentState(rawValue: row["state"]),
            let operation = DeploymentOperation(rawValue: row["operation"])
        else { throw StoreError(reason: "the deployment \(row["id"] as String) was written by another version") }
        var record = DeploymentRecord(
            id: row["id"],
            owner: DeploymentOwner(
                id: row["ownerID"], name: row["ownerName"],
                standing: try decoded(UserStanding.self, row["ownerStanding"])),
            reference: reference,
            target: row["target"],
            options: try decoded([String: String].self, row["options"]) ?? [:],
            created: row["created"],
            updated: row["updated"]
        )
        record.machine = DeploymentMachine(state: state, operation: operation)
        if let server: String = row["server"], let namespace: String = row["namespace"] {
            record.place = DeploymentPlace(server: server, namespace: namespace)
        }
        if let name: String = row["solutionName"] {
            record.solution = SolutionTitle(name: name, version: row["solutionVersion"] ?? "")
        }
        record.isCancelling = row["isCancelling"]
        record.attempt = row["attempt"]
        record.finished = row["finished"]
        record.planDigest = row["planDigest"]
        record.blueprintDigest = row["blueprintDigest"]
        record.failure = try decoded(DeploymentFailure.self, row["failure"])
        record.links = try decoded([DeploymentOutcome.Link].self, row["links"]) ?? []
        record.artifact = try decoded(ArtifactSummary.self, row["artifact"])
        record.replacedBy = row["replacedBy"]
        record.lastEvent = row["lastEvent"]
        record.isResumable = row["isResumable"]
        record.resumptions = row["resumptions"]
        return record
    }

    static func json(_ value: some Encodable) throws -> String { try Document(encoding: value).jsonText() }

    static func decoded<Value: Decodable>(_ type: Value.Type, _ text: String?) throws -> Value? {
        guard let text else { return nil }
        return try Document(json: Array(text.utf8)).decoded(as: type)
    }
}

/// An event as a row of its table.
enum EventRow {
    static func insert(_ event: StoredEvent, of id: String, into database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO event (deployment, id, time, kind, node, state, text, remedy, logs, url)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                id, event.id, event.time, event.kind, event.node, event.state, event.text, event.remedy,
                try event.logs.map(DeploymentRow.json), event.url,
            ]
        )
    }

    static func event(in row: Row) throws -> StoredEvent {
        StoredEvent(
            id: row["id"],
            time: row["time"],
            kind: row["kind"],
            node: row["node"],
            state: row["state"],
            text: row["text"],
            remedy: row["remedy"],
            logs: try DeploymentRow.decoded([String].self, row["logs"]),
            url: row["url"]
        )
    }
}
