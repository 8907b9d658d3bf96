/// What became of the last wish to take over the configuration.
struct ReloadStatus: Sendable, Hashable {
    /// Seconds since 1970 at which the configuration was last read; nil where it was read at the start only.
    var time: Double?
    /// Why the configuration was not taken over; empty where it was.
    var problems: [String] = []
    /// Keys whose values are other ones than those that the host works with: they need a restart.
    var restartKeys: [String] = []
    /// Modules whose file is another one than the one in the process: they need a restart.
    var changedModules: [String] = []
    /// What may not be meant so.
    var warnings: [String] = []

    /// Whether something waits for a restart.
    var needsRestart: Bool { !restartKeys.isEmpty || !changedModules.isEmpty }
}
