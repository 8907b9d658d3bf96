/// Why a kubeconfig is not accepted: which field, why, and what its owner can do. Holds no value of a secret field.
public struct KubeconfigError: Error, Sendable, Hashable, CustomStringConvertible {
    /// For instance `users[admin].user.exec`; `kubeconfig` where the whole text is meant.
    public var field: String
    /// What is wrong, as a phrase without a full stop.
    public var why: String
    /// What to do, as a sentence without a full stop.
    public var remedy: String

    /// Takes over the parts as they are.
    public init(field: String, why: String, remedy: String) {
        self.field = field
        self.why = why
        self.remedy = remedy
    }

    /// Field, reason and remedy, for people.
    public var description: String { "\(field): \(why). \(remedy)." }
}
