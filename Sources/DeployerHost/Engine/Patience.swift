internal import TargetContract

/// How long work that goes on by itself waits for what it needs: after a restart the cloud may not be there yet, and
/// what the process before has left, such as a lease, ends by itself. Pure.
struct Patience: Sendable {
    private let pauses: [Duration]
    private let end: ContinuousClock.Instant
    /// How many pauses there were.
    private var count = 0

    /// - Parameters:
    ///   - pauses: between attempts; the last one again and again.
    ///   - time: for how long, from now on, it is tried.
    init(
        _ pauses: [Duration] = [.seconds(5), .seconds(10), .seconds(20), .seconds(30)],
        for time: Duration = .seconds(300)
    ) {
        self.pauses = pauses
        end = .now + time
    }

    /// The pause before the next attempt; nil where the error stands.
    mutating func pause(after error: any Error) -> Duration? {
        guard Self.passes(error), let last = pauses.last else { return nil }
        let pause = count < pauses.count ? pauses[count] : last
        guard ContinuousClock.now + pause < end else { return nil }
        count += 1
        return pause
    }

    /// Whether an error may be gone in a while although nobody does anything about it.
    private static func passes(_ error: any Error) -> Bool {
        switch error {
        case let error as TargetError: [.unavailable, .busy].contains(error.code)
        case let error as CatalogueError: [.unavailable, .timeout].contains(error.code)
        // Whoever has changed the state may be about to fail.
        case EngineError.full, EngineError.wrongState: true
        case is StoreError: true
        default: false
        }
    }
}
