internal import Logging
internal import TargetContract

extension DeploymentEngine {
    /// How often a deployment is begun before it is left to its user: it may be what ends the host.
    private static let maximumAttempts = 5
    /// How long ago a deployment may have been interrupted, in seconds: who has waited longer has helped themselves.
    private static let maximumAge = 86_400.0

    /// Begins again with deployments that the end of the host has interrupted, where their target needs nothing from
    /// their user. They are made in the name of their owner, who must still be allowed to use the target, with the roles
    /// of the last time, and to read the solution; the owner's sign-in may have ended meanwhile, as it would have while
    /// the work went on.
    /// - Throws: `StoreError`.
    func resumeInterrupted() async throws(StoreError) {
        var query = DeploymentQuery(state: .interrupted)
        query.isResumable = true
        query.limit = limits.concurrent + limits.queued
        for record in try await store.records(query).reversed() where isDue(record) {
            do {
                _ = try await request(
                    .deploy,
                    of: record.id,
                    options: [:],
                    by: Session(user: UserIdentity(record.owner), expires: .infinity),
                    in: live.current
                )
                let text = "The host has started again, and goes on by itself"
                write(record.id, [DeploymentEvent(.information, text: text)])
            } catch {
                logger.warning(
                    "a deployment does not go on by itself",
                    metadata: ["deployment": "\(record.id)", "reason": "\(error)"]
                )
            }
        }
    }

    private func isDue(_ record: DeploymentRecord) -> Bool {
        guard record.operation == .deploy, record.replacedBy == nil, record.attempt < Self.maximumAttempts else {
            return false
        }
        return now() - (record.finished ?? record.updated) <= Self.maximumAge
    }
}
