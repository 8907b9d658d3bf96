internal import Blueprints

/// Which deployments were begun because an address was opened: opening it again within a short time (a reload, the way
/// back, a second window) leads to the same one.
actor EntryLedger {
    /// Who opened what.
    struct Key: Hashable {
        let user: String
        let target: String
        let reference: SolutionReference
    }

    private struct Entry {
        let deployment: Task<String, any Error>
        let begun: ContinuousClock.Instant
    }

    /// How long an address leads to the same deployment.
    private static let period = Duration.seconds(60)

    private var entries: [Key: Entry] = [:]

    /// The id of the deployment for a key.
    /// - Parameter make: makes one where there is none yet; never twice at the same time.
    func deployment(
        _ key: Key,
        make: @escaping @Sendable () async throws -> String
    ) async throws -> String {
        entries = entries.filter { $0.value.begun.duration(to: .now) < Self.period }
        if let entry = entries[key] { return try await entry.deployment.value }
        let task = Task { try await make() }
        entries[key] = Entry(deployment: task, begun: .now)
        do {
            return try await task.value
        } catch {
            entries[key] = nil
            throw error
        }
    }

    /// The next one to open the address gets another deployment, unless that has happened already.
    func forget(_ key: Key, deployment: String) async {
        guard let entry = entries[key], (try? await entry.deployment.value) == deployment else { return }
        if entries[key]?.begun == entry.begun { entries[key] = nil }
    }
}
