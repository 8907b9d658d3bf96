internal import UnixSignals

/// SIGHUP, by which an administrator has the configuration read again. One that comes before the host runs is not lost:
/// make this before the configuration is read for the first time.
public struct ReloadSignal: Sendable {
    let signals: UnixSignalsSequence

    /// From here on SIGHUP does not end the process.
    public init() async { signals = await UnixSignalsSequence(trapping: .sighup) }
}
