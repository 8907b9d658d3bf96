/// Where a running host reads its configuration again.
public struct ConfigurationSource: Sendable {
    /// The file, which may be watched; nil where there is none.
    public var file: String?
    /// By what an administrator has it read again.
    public var signal: ReloadSignal
    /// What `log.level` sets.
    public var logThreshold: LogThreshold
    /// Reads everything anew, with the environment and what the command line says.
    public var load: @Sendable () throws -> Configuration

    /// Takes over the parts as they are.
    public init(
        file: String?,
        signal: ReloadSignal,
        logThreshold: LogThreshold,
        load: @escaping @Sendable () throws -> Configuration
    ) {
        self.file = file
        self.signal = signal
        self.logThreshold = logThreshold
        self.load = load
    }
}
