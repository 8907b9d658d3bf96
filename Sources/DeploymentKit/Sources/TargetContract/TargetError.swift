/// Why a target could not do what it was asked for: what failed, why, and what to do about it.
public struct TargetError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Whose turn it is. New codes may come; treat an unknown one like `failed`.
    public struct Code: RawRepresentable, Sendable, Hashable, Codable {
        /// The text of the code, as JSON and logs have it.
        public let rawValue: String
        /// A code by its text, also one that this version does not know.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The user gave an option that cannot be used.
        public static let invalidOption = Code(rawValue: "invalid-option")
        /// The administrator gave a setting that cannot be used.
        public static let invalidSettings = Code(rawValue: "invalid-settings")
        /// The plan asks for something this environment cannot do.
        public static let unsupported = Code(rawValue: "unsupported")
        /// The environment is in the way: something exists, belongs to somebody else, is being deleted.
        public static let conflict = Code(rawValue: "conflict")
        /// Somebody else is at work there, which may be over in a while.
        public static let busy = Code(rawValue: "busy")
        /// The environment does not answer or refuses to work.
        public static let unavailable = Code(rawValue: "unavailable")
        /// The environment did not answer in time; what it was asked for may still happen.
        public static let timeout = Code(rawValue: "timeout")
        /// Anything else.
        public static let failed = Code(rawValue: "failed")
    }

    /// Whose turn it is.
    public var code: Code
    /// What failed, as a sentence without a full stop.
    public var what: String
    /// Why, in the environment's own words where it has any.
    public var why: String
    /// What to do, as a sentence without a full stop.
    public var remedy: String

    /// Takes over the parts as they are.
    public init(_ code: Code, what: String, why: String, remedy: String) {
        self.code = code
        self.what = what
        self.why = why
        self.remedy = remedy
    }

    /// What, why and remedy, for people.
    public var description: String { "\(what): \(why). \(remedy)." }
}
