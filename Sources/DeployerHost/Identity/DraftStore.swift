internal import FoundationEssentials
internal import Secrets

/// Keeps the secrets of forms that were sent and come back to be completed, so that they never stand in a page: for some
/// minutes, for their user only, in memory that is wiped.
actor DraftStore {
    private struct Draft {
        let user: String
        let secrets: [String: SecretBytes]
        let expires: Double
    }

    private var drafts: [String: Draft] = [:]
    private let now: @Sendable () -> Double
    /// How long secrets are kept, in seconds.
    static let lifetime = 600.0
    /// How many forms of one user are kept.
    private static let limitPerUser = 5
    /// How many forms are kept in all.
    private static let limit = 1_000

    init(now: @escaping @Sendable () -> Double) { self.now = now }

    /// Keeps secrets.
    /// - Returns: the name to ask for them by, and until when they are there.
    func hold(_ secrets: [String: String], for session: Session) -> (name: String, until: Double) {
        forgetOld()
        let user = session.user.userID
        let own = drafts.filter { $0.value.user == user }.sorted { $0.value.expires < $1.value.expires }
        for (name, _) in own.dropLast(Self.limitPerUser - 1) { drafts[name] = nil }
        if drafts.count >= Self.limit, let oldest = drafts.min(by: { $0.value.expires < $1.value.expires }) {
            drafts[oldest.key] = nil
        }
        let name = UUID().uuidString.lowercased()
        let expires = min(now() + Self.lifetime, session.expires)
        drafts[name] = Draft(user: user, secrets: secrets.mapValues { SecretBytes($0) }, expires: expires)
        return (name, expires)
    }

    /// The secrets of a form; empty where they are no longer there, or are somebody else's.
    func secrets(_ name: String?, for session: Session) -> [String: String] {
        forgetOld()
        guard let name, let draft = drafts[name], draft.user == session.user.userID else { return [:] }
        return draft.secrets.mapValues { secret in secret.withBytes { String(decoding: $0, as: UTF8.self) } }
    }

    /// Forgets the secrets of a form; those of somebody else stay.
    func forget(_ name: String?, for session: Session) {
        guard let name, drafts[name]?.user == session.user.userID else { return }
        drafts[name] = nil
    }

    private func forgetOld() {
        let now = now()
        drafts = drafts.filter { $0.value.expires > now }
    }
}
