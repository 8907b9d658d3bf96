internal import Synchronization
internal import TargetChecks
internal import TargetContract

/// How far a trial has come, from what its process tells.
final class TrialCourse: Sendable {
    private struct State {
        var report: ConformanceReport
        var current: ConformanceReport.CheckName?
    }

    private let state: Mutex<State>
    private let progress: @Sendable (ConformanceReport.Check) -> Void

    init(of manifest: TargetManifest, _ progress: @escaping @Sendable (ConformanceReport.Check) -> Void) {
        state = Mutex(State(report: ConformanceReport(target: manifest.id, version: manifest.version)))
        self.progress = progress
    }

    /// Takes a message from the process.
    /// - Throws: `FrameError` where it cannot be read.
    @Sendable func take(_ frame: Frame) throws(FrameError) {
        switch frame.kind {
        case .checking:
            let name = try frame.decoded(as: ConformanceReport.CheckName.self)
            state.withLock { $0.current = name }
        case .checked:
            let check = try frame.decoded(as: ConformanceReport.Check.self)
            state.withLock { $0.report.checks.append(check) }
            progress(check)
        default: break
        }
    }

    /// The report of what went before, and of a process that is no longer there.
    func brokenDown(_ report: WorkerReport) -> ConformanceReport {
        let frames = report.frames.map { "\n                \($0)" }.joined()
        return brokenDown(report.cause + (frames.isEmpty ? "" : "; backtrace:\(frames)"))
    }

    /// - Parameter cause: what became of the process, to go on after `its process was lost: `.
    func brokenDown(_ cause: String) -> ConformanceReport {
        let report = state.withLock { state in
            state.report.noteBreakdown(during: state.current ?? .start, cause)
            return state.report
        }
        if let last = report.checks.last { progress(last) }
        return report
    }
}
