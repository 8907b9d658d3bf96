internal import TargetContract

/// A deployment that is worked on, or waits for it. It ends, and its credentials are forgotten, with the work.
struct DeploymentJob: Sendable {
    /// As it will be once everything is committed.
    var record: DeploymentRecord
    /// As it is kept in the store, and may be shown.
    var committed: DeploymentRecord
    /// The last events that are kept in the store.
    var events: [StoredEvent] = []
    var target: LoadedTarget
    /// What the user gave, secrets included; nil once the work has ended.
    var options: OptionValues?
    let scrubber: SecretScrubber
    let session: Session
    /// Whether the host has begun it, and not its user.
    var goesOnByItself = false
    var task: Task<Void, Never>?
    /// Tells this piece of work from an earlier one that was given up and may still come back.
    var run = 0
    /// Why the work is to end before its time.
    var ending: Ending?
    /// The node that was last heard to have failed.
    var failedNode: String?
    /// When the target last told something.
    var lastSign: ContinuousClock.Instant = .now

    /// Why work is ended, and since when.
    struct Ending: Sendable {
        enum Reason: Sendable {
            case user, shutdown, silence
        }

        var reason: Reason
        var since: ContinuousClock.Instant = .now
    }

    /// How many of the last events are at hand without the store.
    static let recentEvents = 500
}

/// Where no two deployments may work at once.
struct PlaceKey: Hashable, Sendable {
    let target: String
    let place: DeploymentPlace
}
