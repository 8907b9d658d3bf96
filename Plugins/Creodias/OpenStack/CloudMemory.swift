internal import Synchronization

/// What a cloud has told and hardly ever changes, so that not every deployment asks for it: the certificates of
/// clusters' authorities, and templates. Nothing secret.
final class CloudMemory<Value: Sendable>: Sendable {
    /// Where something is, and what somebody calls it there.
    struct Place: Sendable, Hashable {
        let cloud: String
        let region: String?
        let name: String
    }

    private static var limit: Int { 256 }

    private let values = Mutex<[Place: Value]>([:])

    func value(for place: Place) -> Value? { values.withLock { $0[place] } }

    func remember(_ value: Value, for place: Place) {
        values.withLock { values in
            // Names come from users: they must not fill the memory.
            if values.count >= Self.limit { values.removeAll() }
            values[place] = value
        }
    }
}
