/// Why a kubeconfig is refused; never holds a credential.
public struct KubeconfigError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The field, for instance `users[0].user.exec`; nil where the whole text is meant.
    public var field: String?
    /// Why, as a phrase.
    public var why: String
    /// What to do, as a sentence without a full stop.
    public var remedy: String

    public init(field: String?, why: String, remedy: String) {
        self.field = field
        self.why = why
        self.remedy = remedy
    }

    public var description: String { (field.map { "\($0): " } ?? "") + "\(why). \(remedy)." }
}
