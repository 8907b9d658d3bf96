/// Why a call to the orchestrator brought nothing.
public struct OrchestratorError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of obstacle it was. New codes may come; treat an unknown one like `failed`.
    public struct Code: RawRepresentable, Sendable, Hashable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        /// It does not answer, or not in time.
        public static let unavailable = Code(rawValue: "unavailable")
        /// It does not know the call: another version, or another program.
        public static let unimplemented = Code(rawValue: "unimplemented")
        /// What was sent is larger than it takes.
        public static let tooLarge = Code(rawValue: "too-large")
        /// The task was cancelled.
        public static let cancelled = Code(rawValue: "cancelled")
        /// Anything else.
        public static let failed = Code(rawValue: "failed")
    }

    public var code: Code
    /// The call, for instance `initialize`.
    public var call: String
    /// The orchestrator's own words, or those of the transport.
    public var message: String

    public init(_ code: Code, call: String, message: String) {
        self.code = code
        self.call = call
        self.message = message
    }

    public var description: String { "\(call): \(message)" }
}
