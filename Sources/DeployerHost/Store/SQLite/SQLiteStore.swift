internal import Files
internal import GRDB
internal import Glibc

/// Deployments in a SQLite database: write-ahead log, foreign keys, every commit on disk before it is acknowledged.
struct SQLiteStore: DeploymentStore {
    private let database: any DatabaseWriter

    /// Opens or makes the database of a state folder, and brings it to this version's schema.
    /// - Parameter folder: nil for a store in memory.
    /// - Throws: `StoreError`.
    init(folder: String?) throws(StoreError) {
        do {
            if let folder {
                let path = "\(folder)/deployments.sqlite"
                try Self.prepare(path)
                database = try DatabasePool(path: path, configuration: Self.configuration)
            } else {
                database = try DatabaseQueue(configuration: Self.configuration)
            }
            guard try database.read({ try !StoreSchema.migrator.hasBeenSuperseded($0) }) else {
                throw StoreError(
                    reason: "the store was written by a newer version of this program; start that version, or restore "
                        + "the backup from before the upgrade")
            }
            try StoreSchema.migrator.migrate(database)
        } catch {
            throw StoreError(error)
        }
    }

    /// Makes the file where it is missing, for this user alone; SQLite gives the files beside it the same permissions.
    private static func prepare(_ path: String) throws(StoreError) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw StoreError(reason: "\(path) cannot be opened: \(String(cString: strerror(errno)))")
        }
        close(descriptor)
    }

    private static var configuration: GRDB.Configuration {
        var configuration = GRDB.Configuration()
        configuration.label = "deployments"
        configuration.maximumReaderCount = 2
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA synchronous = FULL; PRAGMA cache_size = -512; PRAGMA secure_delete = ON")
        }
        return configuration
    }

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StoreError) -> Value {
        do {
            return try await database.read(body)
        } catch {
            throw StoreError(error)
        }
    }

    func write<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StoreError) -> Value {
        do {
            return try await database.write(body)
        } catch {
            throw StoreError(error)
        }
    }
}

extension StoreError {
    /// Why a call of the database failed; its text holds no values.
    init(_ error: any Error) {
        switch error {
        case let error as StoreError: self = error
        case let error as DatabaseError:
            self.init(
                reason: "SQLite says \(error.message ?? "nothing") (code \(error.extendedResultCode.rawValue))",
                isPermanent: error.resultCode == .SQLITE_CONSTRAINT || error.resultCode == .SQLITE_MISMATCH
            )
        case is CancellationError: self.init(reason: "the call was cancelled")
        default: self.init(reason: "a stored value cannot be read or written (\(type(of: error)))")
        }
    }
}
