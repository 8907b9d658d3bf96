public import Documents
public import Transport

/// The API of one cluster, over one HTTP/2 connection with at most 16 requests in flight.
///
/// Requests that may be repeated are, after a reset connection or an overloaded server; 429 is honoured with its
/// `Retry-After`. Every request has a deadline. Bodies of answers that are no Kubernetes `Status` are never quoted.
///
///     let cluster = KubernetesClient(server: "https://203.0.113.7:6443", http: client, authorization: nil)
///     let pods = try await cluster.list(.pod, namespace: "demo")
public struct KubernetesClient: Sendable {
    /// Requests of one client that are under way at a time: what API servers take from one client without queueing.
    public static let maximumInFlight = 16
    /// The name under which fields are owned; the same for ever (Kubernetes, "Server-Side Apply").
    public static let fieldManager = "graphene-deployer"

    let server: URLParts
    let access: ClusterAccess

    /// - Parameters:
    ///   - server: the URL of the API, perhaps with a path.
    ///   - http: a client with the cluster's certificates and the network policy, for this cluster only.
    ///   - authorization: for users with a token.
    /// - Throws: `invalidURL`.
    public init(server: String, http: HTTPClient, authorization: HTTPAuthorization?) throws(TransportError) {
        try self.init(server: server, access: ClusterAccess(.init(http: http, authorization: authorization)))
    }

    /// - Parameters:
    ///   - server: the URL of the API, perhaps with a path.
    ///   - access: connections and credentials, exchanged where the cluster does not know them any more.
    /// - Throws: `invalidURL`.
    public init(server: String, access: ClusterAccess) throws(TransportError) {
        self.server = try URLParts(server)
        self.access = access
    }

    /// Reads an object; nil if there is none of that name.
    public func get(
        _ kind: ObjectKind,
        _ name: String,
        namespace: String? = nil
    ) async throws(KubernetesError) -> Document? {
        try await existing(
            APICall("GET", kind, namespace: namespace, name: name, operation: "get \(kind.kind) \(name)"))
    }

    /// Reads an object through its subresource `status`, for accounts that may read no more of it; nil if there is none
    /// of that name.
    public func status(
        _ kind: ObjectKind,
        _ name: String,
        namespace: String? = nil
    ) async throws(KubernetesError) -> Document? {
        let operation = "get the status of \(kind.kind) \(name)"
        var call = APICall("GET", kind, namespace: namespace, name: name, operation: operation)
        call.subresource = "status"
        return try await existing(call)
    }

    /// Reads the objects of a kind, in as many pages as the server makes.
    /// - Parameter labels: a label selector, for instance `app=berth-planner`.
    public func list(
        _ kind: ObjectKind,
        namespace: String? = nil,
        labels: String? = nil
    ) async throws(KubernetesError) -> ObjectList {
        var call = APICall("GET", kind, namespace: namespace, operation: "list \(kind.resource)")
        if let labels { call.query.append(("labelSelector", labels)) }
        var result = ObjectList()
        var page: String?
        repeat {
            var request = call
            request.query.append(("limit", "500"))
            if let page { request.query.append(("continue", page)) }
            let answer = try await document(request)
            guard let items = answer["items"]?.array ?? (answer["items"]?.isNull == true ? [] : nil) else {
                throw notKubernetes(call)
            }
            // Items of a list come without their kind.
            result.items += items.map { Self.completed($0, kind) }
            result.version = answer["metadata"]?["resourceVersion"]?.string ?? ""
            page = answer["metadata"]?["continue"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        } while page != nil
        return result
    }

    /// Applies an object server-side (`application/apply-patch+yaml`; JSON is YAML) and returns it as it is then.
    /// - Parameters:
    ///   - takesOver: whether fields that somebody else owns are taken over instead of refused with `conflict`.
    ///   - isDryRun: nothing is written then.
    public func apply(
        _ object: APIBody,
        _ kind: ObjectKind,
        _ name: String,
        namespace: String? = nil,
        takesOver: Bool = false,
        isDryRun: Bool = false
    ) async throws(KubernetesError) -> Document {
        var call = APICall("PATCH", kind, namespace: namespace, name: name, operation: "apply \(kind.kind) \(name)")
        call.query = [("fieldManager", Self.fieldManager), ("force", takesOver ? "true" : "false")]
        if isDryRun { call.query.append(("dryRun", "All")) }
        call.contentType = "application/apply-patch+yaml"
        call.body = object
        return try await document(call)
    }

    /// Creates an object, or asks a question that is put as one (`SelfSubjectAccessReview`).
    public func create(
        _ object: Document,
        _ kind: ObjectKind,
        namespace: String? = nil
    ) async throws(KubernetesError) -> Document {
        var call = APICall("POST", kind, namespace: namespace, operation: "create \(kind.kind)")
        call.body = .document(object)
        call.isIdempotent = kind.group == "authorization.k8s.io"
        return try await document(call)
    }

    /// Replaces an object; with `metadata.resourceVersion` only if nobody was faster.
    public func replace(
        _ object: Document,
        _ kind: ObjectKind,
        _ name: String,
        namespace: String? = nil
    ) async throws(KubernetesError) -> Document {
        var call = APICall("PUT", kind, namespace: namespace, name: name, operation: "replace \(kind.kind) \(name)")
        call.body = .document(object)
        call.isIdempotent = false
        return try await document(call)
    }

    /// Deletes an object and, in the background, what it owns. Returns false if there was none.
    /// - Parameters:
    ///   - uid: only the object with this uid, so that a successor of the same name stays.
    ///   - version: only in this `metadata.resourceVersion`, so that what somebody else has written since stays.
    public func delete(
        _ kind: ObjectKind,
        _ name: String,
        namespace: String? = nil,
        uid: String? = nil,
        version: String? = nil
    ) async throws(KubernetesError) -> Bool {
        var call = APICall("DELETE", kind, namespace: namespace, name: name, operation: "delete \(kind.kind) \(name)")
        var options: DocumentObject = [
            "apiVersion": "v1", "kind": "DeleteOptions", "propagationPolicy": "Background",
        ]
        var preconditions: DocumentObject = [:]
        preconditions["uid"] = uid.map(Document.string)
        preconditions["resourceVersion"] = version.map(Document.string)
        if !preconditions.isEmpty { options["preconditions"] = .object(preconditions) }
        call.body = .document(.object(options))
        do {
            _ = try await document(call)
            return true
        } catch {
            guard error.code == .notFound else { throw error }
            return false
        }
    }

    private func existing(_ call: APICall) async throws(KubernetesError) -> Document? {
        do {
            return try await document(call)
        } catch {
            guard error.code == .notFound else { throw error }
            return nil
        }
    }

    private static func completed(_ item: Document, _ kind: ObjectKind) -> Document {
        guard var object = item.object else { return item }
        if object["apiVersion"] == nil { object["apiVersion"] = .string(kind.apiVersion) }
        if object["kind"] == nil { object["kind"] = .string(kind.kind) }
        return .object(object)
    }
}

/// The objects of a kind at one moment.
public struct ObjectList: Sendable, Hashable {
    /// The objects.
    public var items: [Document] = []
    /// From where a watch goes on.
    public var version = ""

    /// A list without objects.
    public init() {}
}
