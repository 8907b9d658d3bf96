/// What became of the checks, in the order in which they were made.
public struct ConformanceReport: Sendable, Hashable, Codable {
    /// What became of a check.
    @frozen
    public enum Verdict: String, Sendable, Codable {
        case passed
        case failed
        /// There is nothing to check, for the reason that `seen` tells.
        case notApplicable = "not-applicable"
    }

    /// Something that is not as the contract has it.
    public struct Finding: Sendable, Hashable, Codable {
        /// What the contract asks for.
        public var expected: String
        /// What the target did.
        public var seen: String
        /// What its developer can do.
        public var remedy: String

        /// Takes over the parts as they are.
        public init(expected: String, seen: String, remedy: String) {
            self.expected = expected
            self.seen = seen
            self.remedy = remedy
        }
    }

    /// What a check is called, and what it asks.
    public struct CheckName: Sendable, Hashable, Codable {
        /// For instance `cancellation`.
        public var name: String
        /// What is asked of targets, as a sentence without a full stop.
        public var expectation: String

        /// The check that comes first: the target is made.
        public static let start = CheckName(
            name: "start", expectation: "The target starts with its settings and accepts solutions and options")
    }

    /// One check.
    public struct Check: Sendable, Hashable, Codable {
        /// For instance `cancellation`.
        public var name: String
        /// What is asked of targets, as a sentence without a full stop.
        public var expectation: String
        /// What became of it.
        public var verdict: Verdict
        /// What was looked at, or why there was nothing to look at.
        public var seen: String
        /// What is wrong; empty unless the verdict is `failed`.
        public var findings: [Finding]
    }

    /// The id of the target.
    public var target: String
    /// The version of the target.
    public var version: String
    /// All checks, in their order.
    public var checks: [Check] = []

    /// Whether nothing is wrong.
    public var isPassed: Bool { !checks.isEmpty && checks.allSatisfy { $0.verdict != .failed } }

    /// A report of nothing as yet.
    public init(target: String, version: String) {
        self.target = target
        self.version = version
    }

    /// Notes that the process in which a target is tried out ended during a check, so that no other could follow.
    /// - Parameter cause: what became of the process, to go on after `its process was lost: `.
    public mutating func noteBreakdown(during check: CheckName, _ cause: String) {
        let finding = Finding(
            expected: "whatever a target is asked to do, its process goes on",
            seen: "its process was lost: \(cause)",
            remedy: "Throw a TargetError where something is wrong; trap, abort and exit nowhere, and keep within memory"
        )
        checks.append(
            Check(
                name: check.name, expectation: check.expectation, verdict: .failed,
                seen: "the process of the module ended during it; no check could follow", findings: [finding]))
    }
}
