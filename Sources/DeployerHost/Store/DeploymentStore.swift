/// Where deployments are kept. What a call has taken is there after the end of the process, however it ends.
protocol DeploymentStore: Sendable {
    /// Keeps a new deployment with its first event, unless the same request has been made before.
    /// - Returns: the deployment that the request made when it came first; nil when this is the first time.
    /// - Throws: `StoreError`.
    func insert(
        _ record: DeploymentRecord,
        first event: StoredEvent,
        request: RequestMark?
    ) async throws(StoreError) -> EarlierRequest?

    /// The deployment that a request made when it came before; nil when it has not come yet.
    func earlier(_ request: RequestMark, of owner: DeploymentOwner) async throws(StoreError) -> EarlierRequest?

    /// Keeps changes of deployments, all of them or none.
    func apply(_ changes: [DeploymentChange]) async throws(StoreError)

    /// A deployment; nil where there is none of that id.
    func record(_ id: String) async throws(StoreError) -> DeploymentRecord?

    /// Deployments, newest first.
    func records(_ query: DeploymentQuery) async throws(StoreError) -> [DeploymentRecord]

    /// Events of a deployment with higher numbers than the given one, in their order.
    func events(of id: String, after number: Int, limit: Int) async throws(StoreError) -> [StoredEvent]

    /// The canonical JSON of a plan.
    func plan(_ digest: String) async throws(StoreError) -> [UInt8]?

    /// The content of a deployment's file.
    func artifact(of id: String) async throws(StoreError) -> [UInt8]?

    /// Marks everything active as interrupted: whatever worked on it has gone.
    /// - Parameter text: what each deployment's last event says.
    /// - Returns: how many there were.
    func interruptActive(
        at time: Double, text: @escaping @Sendable (DeploymentRecord) -> String
    ) async throws(StoreError) -> Int

    /// Forgets what is older than a time, and of each user what is beyond a number; never what is active or running.
    /// - Returns: how many deployments were forgotten.
    func forget(endedBefore time: Double, keepingPerUser count: Int) async throws(StoreError) -> Int
}

/// What has become of a deployment.
struct DeploymentChange: Sendable {
    var record: DeploymentRecord
    var events: [StoredEvent] = []
    /// A plan that was made: digest and canonical JSON.
    var plan: (digest: String, json: [UInt8])?
    /// The content of a file that was handed over.
    var artifact: [UInt8]?
    /// Whether earlier deployments to the same place are replaced by this one.
    var replacesOthers = false
}

/// What makes a request recognisable when it is made again.
struct RequestMark: Sendable, Hashable {
    /// What the client calls the request.
    var key: String
    /// The SHA-256 of what it asks for, without secrets.
    var digest: String
}

/// A request that has been made before.
struct EarlierRequest: Sendable {
    /// The deployment it made.
    var record: DeploymentRecord
    /// Whether it asked for the same.
    var isSame: Bool
}

/// Which deployments are meant.
struct DeploymentQuery: Sendable, Hashable {
    /// Of this user only.
    var owner: String?
    var state: DeploymentState?
    var target: String?
    /// Only those that go on by themselves.
    var isResumable = false
    /// Only those that were made before this one.
    var before: String?
    var limit = 50
}

/// The store cannot be used.
struct StoreError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Why, in a sentence without a full stop.
    var reason: String
    /// Whether it is no use to try the same again.
    var isPermanent = false

    var description: String { reason }
}
