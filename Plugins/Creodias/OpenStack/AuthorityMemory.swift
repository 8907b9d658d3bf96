internal import Synchronization

/// The certificates of clusters' authorities, which hardly ever change, so that not every deployment asks for them. They
/// are no secrets. Whether one still holds is told by the certificates that it signs.
final class AuthorityMemory: Sendable {
    /// Where a cluster is, and what somebody calls it there.
    struct Place: Sendable, Hashable {
        let cloud: String
        let region: String?
        let cluster: String
    }

    private static let limit = 256

    private let authorities = Mutex<[Place: [UInt8]]>([:])

    func authority(for place: Place) -> [UInt8]? { authorities.withLock { $0[place] } }

    /// - Parameter authority: in PEM.
    func remember(_ authority: [UInt8], for place: Place) {
        authorities.withLock { authorities in
            // Names come from users: they must not fill the memory.
            if authorities.count >= Self.limit { authorities.removeAll() }
            authorities[place] = authority
        }
    }
}
