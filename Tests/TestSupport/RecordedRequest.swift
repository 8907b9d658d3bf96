/// A request that a stand-in received.
public struct RecordedRequest: Sendable, Hashable {
    public var method: String
    /// The path as it was sent, percent-encoded.
    public var path: String
    public var query: String?
    /// By lower-case names; the host is under `host`.
    public var headers: [String: String]
    public var body: [UInt8]
}
