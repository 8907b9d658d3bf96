/// Brings changes to the store in the order in which they are given, as many in one commit as have come together.
///
/// Whoever is told of a change is told after its commit: what anybody has seen is there after a crash.
final class DeploymentJournal: Sendable {
    private let mailbox = Mailbox<DeploymentChange>()
    private let store: any DeploymentStore

    init(store: any DeploymentStore) { self.store = store }

    /// Takes a change; it is kept a moment later.
    func write(_ change: DeploymentChange) { mailbox.put(change) }

    /// Ends `run` once everything is kept.
    func close() { mailbox.close() }

    /// Works until the journal is closed.
    /// - Parameters:
    ///   - committed: is told of changes, in order, once they are kept.
    ///   - failed: is told why the store takes nothing; the changes are tried again until the journal is closed.
    func run(
        committed: @Sendable ([DeploymentChange]) async -> Void,
        failed: @Sendable (StoreError) async -> Void
    ) async {
        while let batch = await mailbox.next() {
            if await keep(batch, failed: failed) {
                await committed(batch)
                continue
            }
            // One change that cannot be kept must not hold up the others.
            for change in batch where await keep([change], failed: failed) { await committed([change]) }
        }
    }

    /// Whether the changes are kept; false where they never can be, or nothing is tried any more.
    private func keep(_ batch: [DeploymentChange], failed: @Sendable (StoreError) async -> Void) async -> Bool {
        var pause = Duration.milliseconds(100)
        while true {
            do throws(StoreError) {
                try await store.apply(batch)
                return true
            } catch {
                await failed(error)
                if error.isPermanent { return false }
            }
            if mailbox.isClosed { return false }
            // In a task of its own: cancellation must not turn this into a busy loop.
            await Task.detached { [pause] in try? await Task.sleep(for: pause) }.value
            pause = min(pause * 2, .seconds(5))
        }
    }
}
