internal import Synchronization

/// How often a module has ended its process without doing any work in between, and whether that is enough.
final class Quarantine: Sendable {
    /// So many ends without a success between them are enough.
    static let limit = 3
    /// What everybody may know of it; in what it said last, there may be something of whoever had called it.
    static let publicReason = "it broke down several times"

    private struct Tally {
        var ends = 0
        var last: String?
    }

    private let tally = Mutex(Tally())

    /// Why nothing is done with the module any more; nil while something is.
    var reason: String? {
        tally.withLock { tally in
            guard tally.ends >= Self.limit else { return nil }
            return "it ended its process \(tally.ends) times in a row, the last time \(tally.last ?? "without a word")"
        }
    }

    /// Notes that the module did some work. Answering questions is none: they are asked before every deployment.
    func noteSuccess() { tally.withLock { $0 = Tally() } }

    /// Notes that the module ended its process.
    /// - Parameter what: when and why, to go on after `the last time`.
    /// - Returns: whether that was once too often.
    @discardableResult
    func noteEnd(_ what: String) -> Bool {
        tally.withLock { tally in
            tally.ends += 1
            tally.last = what
            return tally.ends == Self.limit
        }
    }
}
