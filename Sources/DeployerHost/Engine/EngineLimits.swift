/// How much is done at once, and how long things may take.
public struct EngineLimits: Sendable, Hashable {
    /// How many deployments are worked on at once.
    public var concurrent = 20
    /// How many more may wait.
    public var queued = 200
    /// How long a target may work without telling anything.
    public var quiet = Duration.seconds(1_800)
    /// How long a target that is to stop may take for it.
    public var stopping = Duration.seconds(60)
    /// How long work may go on after the host was asked to stop.
    public var shutdown = Duration.seconds(20)
    /// How long ended deployments are kept.
    public var keptDays = 90
    /// How many deployments are kept of each user.
    public var keptPerUser = 500

    /// The defaults.
    public init() {}
}
