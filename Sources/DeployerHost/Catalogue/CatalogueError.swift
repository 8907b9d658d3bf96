/// Why the catalogue did not give a solution: what failed, why, and what to do about it.
///
/// Nothing of what a server answered is in it, but names and paths out of the solution's own records.
public struct CatalogueError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of obstacle it is.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// The code as it is written in logs.
        public let rawValue: String
        /// A code by its text, also one that this version does not know.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// There is no solution of that id.
        public static let unknownSolution = Code(rawValue: "unknown-solution")
        /// There is no revision of that id.
        public static let unknownRevision = Code(rawValue: "unknown-revision")
        /// The revision belongs to another solution.
        public static let wrongPairing = Code(rawValue: "wrong-pairing")
        /// The user may not read the solution.
        public static let accessDenied = Code(rawValue: "access-denied")
        /// The solution or the user's account is switched off.
        public static let inactive = Code(rawValue: "inactive")
        /// The solution lacks something that only its author can add.
        public static let notDeployable = Code(rawValue: "not-deployable")
        /// A service does not answer, or answers with an error.
        public static let unavailable = Code(rawValue: "unavailable")
        /// A service did not answer in time.
        public static let timeout = Code(rawValue: "timeout")
        /// A service refuses this deployer's own credentials, or its address is wrong: the operator's turn.
        public static let misconfigured = Code(rawValue: "misconfigured")
        /// A record or a file is not what it should be.
        public static let invalidData = Code(rawValue: "invalid-data")
        /// A file that a record names is not there.
        public static let missingFile = Code(rawValue: "missing-file")
        /// The task was cancelled.
        public static let cancelled = Code(rawValue: "cancelled")
    }

    /// What kind of obstacle it is.
    public var code: Code
    /// The node whose file is meant, as its author named it; nil where the whole solution is meant.
    public var node: String?
    /// What failed, as a sentence without a full stop.
    public var what: String
    /// Why, as a sentence without a full stop.
    public var why: String
    /// What to do, as a sentence without a full stop.
    public var remedy: String

    /// Takes over the parts as they are.
    public init(_ code: Code, node: String? = nil, what: String, why: String, remedy: String) {
        self.code = code
        self.node = node
        self.what = what
        self.why = why
        self.remedy = remedy
    }

    /// What, why and remedy, for people.
    public var description: String { "\(what): \(why). \(remedy)." }
}

/// Text out of a record, fit for a message: in quotes, printable, at most 160 characters.
func quoted(_ text: String) -> String {
    let printable = text.unicodeScalars.filter { scalar in
        scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value) && !scalar.properties.isDefaultIgnorableCodePoint
    }
    let shown = String(String.UnicodeScalarView(printable.prefix(160)))
    return printable.count > 160 ? "\"\(shown)…\"" : "\"\(shown)\""
}
