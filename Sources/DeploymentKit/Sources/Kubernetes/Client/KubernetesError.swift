public import Transport

/// Why a cluster's API did not do what it was asked for.
public struct KubernetesError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of obstacle it was. New codes may come; treat an unknown one like `failed`.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// The text of the code, as JSON and logs have it.
        public let rawValue: String
        /// A code by its text, also one that this version does not know.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// 401: the credential is unknown, expired or withdrawn.
        public static let unauthorized = Code(rawValue: "unauthorized")
        /// 403: the credential does not permit this, or a quota or an admission rule refuses it.
        public static let forbidden = Code(rawValue: "forbidden")
        /// 404.
        public static let notFound = Code(rawValue: "not-found")
        /// 409: somebody else owns a field, was faster, or the object is being deleted.
        public static let conflict = Code(rawValue: "conflict")
        /// 410: the place in the history where a watch should resume is gone.
        public static let gone = Code(rawValue: "gone")
        /// 400 and 422: the object is not valid, or an admission rule refuses it.
        public static let invalid = Code(rawValue: "invalid")
        /// 429 until the deadline.
        public static let tooManyRequests = Code(rawValue: "too-many-requests")
        /// No answer; `transport` says why.
        public static let unreachable = Code(rawValue: "unreachable")
        /// An answer that is none of the Kubernetes API.
        public static let notKubernetes = Code(rawValue: "not-kubernetes")
        /// The task was cancelled.
        public static let cancelled = Code(rawValue: "cancelled")
        /// Anything else, for instance 500.
        public static let failed = Code(rawValue: "failed")
    }

    /// One field that was refused.
    public struct Cause: Sendable, Hashable {
        /// For instance `.spec.replicas`; may be empty.
        public var field: String
        /// What is wrong with the field, in the server's words.
        public var message: String

        /// Takes over the parts as they are.
        public init(field: String, message: String) {
            self.field = field
            self.message = message
        }
    }

    /// What kind of obstacle it is.
    public var code: Code
    /// What was tried, for instance `apply Deployment berth-planner`.
    public var operation: String
    /// The HTTP status; nil without an answer.
    public var status: Int?
    /// The cluster's own words, or those of the transport.
    public var message: String
    /// The fields that the server complains of.
    public var causes: [Cause]
    /// How the transport failed; nil if there was an answer.
    public var transport: TransportError.Code?
    /// When the server wants to be asked again, at most half a minute; nil where it does not say.
    public var retryAfter: Duration?

    /// Takes over the parts as they are.
    public init(
        _ code: Code,
        operation: String,
        status: Int? = nil,
        message: String,
        causes: [Cause] = [],
        transport: TransportError.Code? = nil
    ) {
        self.code = code
        self.operation = operation
        self.status = status
        self.message = message
        self.causes = causes
        self.transport = transport
    }

    /// Operation and message, for people.
    public var description: String { "\(operation): \(message)" }
}

extension KubernetesError {
    init(_ error: TransportError, operation: String) {
        self.init(
            error.code == .cancelled ? .cancelled : .unreachable,
            operation: operation,
            message: "\(error)",
            transport: error.code
        )
    }
}
