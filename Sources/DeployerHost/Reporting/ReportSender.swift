/// Sends reports to the Common Data Service, one after the other, and remembers the ids that it gives.
///
/// | | the deployment's record | task | notification |
/// |---|---|---|---|
/// | deploying begins | new, in progress | new | |
/// | a new start begins | in progress | new | |
/// | any work ends | deployed or failed | step result, success or failure | one for the user |
///
/// Ids are in memory only: of what an earlier process began, there is only the notification.
struct ReportSender: Sendable {
    private let calls: PlatformCalls
    private var memory = ReportMemory()

    init(calls: PlatformCalls) { self.calls = calls }

    /// Sends as much of a report as the service takes.
    /// - Returns: false if the rest was dropped because the task was cancelled.
    mutating func send(_ report: DeploymentReport) async -> Bool {
        do throws(ReportObstacle) {
            switch report.milestone {
            case .began: try await begin(report)
            case .ended: try await end(report)
            }
            return true
        } catch {
            return error != .cancelled
        }
    }

    private mutating func begin(_ report: DeploymentReport) async throws(ReportObstacle) {
        guard report.operation != .undeploy else { return }
        var known = memory[report.deployment] ?? ReportMemory.Entry()
        if report.operation == .deploy { known.record = nil }
        known.task = nil
        known.began = report.time
        memory[report.deployment] = known
        if let record = known.record {
            _ = try await make(.deployment(report, id: record), report)
        } else if report.operation == .deploy {
            known.record = try await make(.deployment(report, id: nil), report)
            memory[report.deployment] = known
        }
        known.task = try await make(.task(report, id: nil), report)
        memory[report.deployment] = known
    }

    private mutating func end(_ report: DeploymentReport) async throws(ReportObstacle) {
        let known = memory[report.deployment]
        if report.state == .removed {
            memory[report.deployment] = nil
        } else {
            memory[report.deployment]?.task = nil
        }
        if let record = known?.record { _ = try await make(.deployment(report, id: record), report) }
        if let known, let task = known.task {
            _ = try await make(.stepResult(report, task: task, began: known.began), report)
            _ = try await make(.task(report, id: task), report)
        }
        guard let notification = try await make(.notification(report), report) else { return }
        _ = try await make(.recipient(report, notification: notification), report)
    }

    private func make(_ call: PlatformCall, _ report: DeploymentReport) async throws(ReportObstacle) -> PlatformID? {
        try await calls.make(call, for: report.deployment)
    }
}
