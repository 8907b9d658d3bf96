internal import Logging
internal import Synchronization

/// Tells the platform what becomes of deployments, as well as it can: a platform that is slow, away or of another
/// opinion changes nothing for a deployment, and is seen in the log only.
///
/// Reports wait in a bounded queue that one task works off. What does not fit is dropped, and so is what is left a few
/// seconds after the host was asked to stop.
final class PlatformReporter: DeploymentObserver {
    private struct State {
        var milestones = DeploymentMilestones()
        /// Whether the last report was dropped.
        var isOverflowing = false
    }

    private let state = Mutex(State())
    private let queue: Mailbox<DeploymentReport>
    private let capacity: Int
    private let site: ReportSite
    private let logger: Logger
    private let worker: Task<Void, Never>

    /// How many reports may wait, and as many again may be in the hands of the task.
    static let usualCapacity = 500

    /// Begins to work.
    init(calls: PlatformCalls, site: ReportSite, logger: Logger, capacity: Int = usualCapacity) {
        let queue = Mailbox<DeploymentReport>(limit: capacity)
        self.queue = queue
        self.capacity = capacity
        self.site = site
        self.logger = logger
        worker = Task { await Self.work(off: queue, ReportSender(calls: calls), logger) }
    }

    deinit { queue.close() }

    func observe(_ event: StoredEvent, of record: DeploymentRecord) {
        guard let milestone = state.withLock({ $0.milestones.take(event, of: record) }),
            let report = DeploymentReport(milestone, event, of: record, at: site)
        else { return }
        let isTaken = queue.put(report)
        let isFirstDropped = state.withLock { state in
            defer { state.isOverflowing = !isTaken }
            return !isTaken && !state.isOverflowing
        }
        guard isFirstDropped, !queue.isClosed else { return }
        logger.warning(
            "reports to the platform are dropped",
            metadata: ["deployment": "\(record.id)", "reason": "\(capacity) wait already"]
        )
    }

    /// Takes no more reports, and ends when those that wait are sent or the time is over.
    func stop(patience: Duration = .seconds(5)) async {
        queue.close()
        // Not cancelled with the caller's task: the time is promised.
        let timer = Task.detached { [worker] in
            try? await Task.sleep(for: patience)
            if !Task.isCancelled { worker.cancel() }
        }
        await worker.value
        timer.cancel()
    }

    private static func work(off queue: Mailbox<DeploymentReport>, _ sender: ReportSender, _ logger: Logger) async {
        var sender = sender
        var dropped = 0
        while let reports = await queue.next() {
            for report in reports {
                if await !sender.send(report) { dropped += 1 }
            }
        }
        guard dropped > 0 else { return }
        logger.warning(
            "reports to the platform were dropped",
            metadata: ["count": "\(dropped)", "reason": "the host stops"]
        )
    }
}
