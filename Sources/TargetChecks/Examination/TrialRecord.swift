internal import Synchronization
internal import TargetContract

/// All that was called in the course of an examination, and all that the target wrote to the log.
final class TrialRecord: Sendable {
    private struct State {
        var trials: [Trial] = []
        var lines: [String] = []
        var readings: Set<OptionReading> = []
    }

    private let state = Mutex(State())

    /// The calls in their order.
    var trials: [Trial] { state.withLock(\.trials) }
    /// The lines of the log.
    var lines: [String] { state.withLock(\.lines) }
    /// What the target asked of its options.
    var readings: Set<OptionReading> { state.withLock(\.readings) }
    /// The first call that has not ended.
    var unfinishedCall: String? { trials.first(where: \.isUnfinished)?.call }

    func add(_ trial: Trial) { state.withLock { $0.trials.append(trial) } }
    func add(line: String) { state.withLock { $0.lines.append(line) } }
    func add(_ reading: OptionReading) { state.withLock { _ = $0.readings.insert(reading) } }

    /// What the host would do for the target.
    func services(allowing networks: [String]) -> TargetServices {
        TargetServices(allowedNetworks: networks) { [self] _, text in add(line: text) }
    }
}
