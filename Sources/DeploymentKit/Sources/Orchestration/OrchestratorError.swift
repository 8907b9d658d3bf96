/// A call of the orchestrator that brought no answer. An answer that tells a failure is none: see `OrchestratorState`.
public struct OrchestratorError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of obstacle it was. New codes may come; treat an unknown one like `failed`.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// The text of the code, as JSON and logs have it.
        public let rawValue: String
        /// A code by its text, also one that this version does not know.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// Nothing answers, or it answers that it can't at the moment (UNAVAILABLE).
        public static let unavailable = Code(rawValue: "unavailable")
        /// The deadline has passed.
        public static let timeout = Code(rawValue: "timeout")
        /// The call is not known there (UNIMPLEMENTED).
        public static let unimplemented = Code(rawValue: "unimplemented")
        /// A message is larger than 4 MiB (RESOURCE_EXHAUSTED).
        public static let tooLarge = Code(rawValue: "too-large")
        /// What answers does not speak gRPC, or other messages.
        public static let invalidAnswer = Code(rawValue: "invalid-answer")
        /// The task was cancelled.
        public static let cancelled = Code(rawValue: "cancelled")
        /// Any other status of gRPC.
        public static let failed = Code(rawValue: "failed")
    }

    /// What kind of obstacle it is.
    public var code: Code
    /// The call, by its name on the wire.
    public var call: String
    /// The status that the server sent; nil where it sent none.
    public var grpcStatus: GRPCStatus?
    /// The words of the server or the connection, verbatim.
    public var message: String
    /// What it means, as a phrase without a full stop.
    public var meaning: String
    /// What the reader can do, without a full stop.
    public var remedy: String

    init(_ code: Code, call: String, grpcStatus: GRPCStatus? = nil, message: String) {
        self.code = code
        self.call = call
        self.grpcStatus = grpcStatus
        self.message = message
        (meaning, remedy) = Self.explanation(of: code)
    }

    /// Call, meaning, message and remedy, for people.
    public var description: String { "\(call): \(meaning)\(message.isEmpty ? "" : ": \(message)"). \(remedy)." }

    private static func explanation(of code: Code) -> (meaning: String, remedy: String) {
        switch code {
        case .unavailable:
            ("the orchestrator can't be reached", "Look at the orchestrator's pod and wait until its port accepts")
        case .timeout:
            ("the orchestrator did not answer in time", "Restart its pod: ten open observers block all other calls")
        case .unimplemented:
            (
                "the orchestrator does not know this call",
                "Use the generic parallel orchestrator, version 1.3 or later"
            )
        case .tooLarge:
            ("the message is larger than the 4 MiB that are permitted", "Shorten the solution's protocol files")
        case .invalidAnswer:
            ("what answers is no orchestrator", "Check the orchestrator's image and that its port is 8061")
        case .cancelled: ("the call was cancelled", "Call again if its outcome is needed")
        default: ("the orchestrator refused the call", "Read the orchestrator's log")
        }
    }
}
