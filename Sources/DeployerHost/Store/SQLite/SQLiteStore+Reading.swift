internal import FoundationEssentials
internal import GRDB

extension SQLiteStore {
    func record(_ id: String) async throws(StoreError) -> DeploymentRecord? {
        try await read { database in
            let sql = "SELECT * FROM deployment WHERE id = ?"
            return try Row.fetchOne(database, sql: sql, arguments: [id]).map(DeploymentRow.record)
        }
    }

    func records(_ query: DeploymentQuery) async throws(StoreError) -> [DeploymentRecord] {
        try await read { database in
            var conditions = ["1"]
            var arguments: [(any DatabaseValueConvertible)?] = []
            for (column, value) in [
                ("ownerID", query.owner), ("state", query.state?.rawValue), ("target", query.target),
            ] {
                guard let value else { continue }
                conditions.append("\(column) = ?")
                arguments.append(value)
            }
            if query.isResumable { conditions.append("isResumable") }
            if let before = query.before {
                conditions.append("number < (SELECT number FROM deployment WHERE id = ?)")
                arguments.append(before)
            }
            arguments.append(query.limit)
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM deployment WHERE \(conditions.joined(separator: " AND "))
                    ORDER BY number DESC LIMIT ?
                    """,
                arguments: StatementArguments(arguments)
            )
            return try rows.map(DeploymentRow.record)
        }
    }

    func events(of id: String, after number: Int, limit: Int) async throws(StoreError) -> [StoredEvent] {
        try await read { database in
            let sql = "SELECT * FROM event WHERE deployment = ? AND id > ? ORDER BY id LIMIT ?"
            return try Row.fetchAll(database, sql: sql, arguments: [id, number, limit]).map(EventRow.event)
        }
    }

    func plan(_ digest: String) async throws(StoreError) -> [UInt8]? {
        try await read { database in
            try Data.fetchOne(database, sql: "SELECT json FROM plan WHERE digest = ?", arguments: [digest])
                .map(Array.init)
        }
    }

    func artifact(of id: String) async throws(StoreError) -> [UInt8]? {
        try await read { database in
            try Data.fetchOne(database, sql: "SELECT content FROM artifact WHERE deployment = ?", arguments: [id])
                .map(Array.init)
        }
    }
}

extension [UInt8] {
    /// As the database takes it.
    var data: Data { Data(self) }
}
