internal import Documents
internal import Kubernetes

/// What a cluster was seen to be before anything is written: at most ten requests, most of them side by side.
struct ClusterView: Sendable {
    /// Nil if there is none; `.null` if the user may not read it.
    var namespace: Document?
    var rules: AccessRules
    /// Deployments, Services, claims, the pull Secret and, where the solution is there already, Ingresses.
    var live: [ObjectKind: [Document]] = [:]
    /// Read only where nothing of the solution is there: then they tell whether somebody else is.
    var pods: [Document] = []
    /// Nil where the user may not read them.
    var nodes: [Document]?
    var classes: [Document]?
    var quotas: [Document] = []
    /// Whether an absent namespace can be made; nil where it is there.
    var mayCreateNamespace: Bool?
    /// Whether the user may do everything in the namespace; asked only where the rules are incomplete.
    var mayDoAll: Bool?

    /// Looks at the cluster.
    /// - Parameters:
    ///   - solution: the value of the solution's label.
    ///   - secret: the name of the pull secret.
    init(
        _ cluster: KubernetesClient,
        namespace: String,
        solution: String,
        needsStorage: Bool,
        secret: String
    ) async throws {
        async let nodes = Self.permitted { () async throws(KubernetesError) in try await cluster.list(.node).items }
        async let classes = Self.permitted { () async throws(KubernetesError) in
            needsStorage ? try await cluster.list(.storageClass).items : []
        }
        async let found = Self.permitted { () async throws(KubernetesError) in
            try await cluster.get(.namespace, namespace) ?? .bool(false)
        }
        // In the same round; of a namespace that is not there it does not count what they come to.
        async let contents = Self.contents(cluster, namespace, secret)
        rules = try await explaining { () async throws(KubernetesError) in try await cluster.accessRules(in: namespace)
        }
        let answer = try await found
        self.namespace = answer == .bool(false) ? nil : (answer ?? .null)
        self.nodes = try await nodes
        self.classes = try await classes
        if rules.isIncomplete {
            mayDoAll = try await explaining { () async throws(KubernetesError) in
                try await cluster.mayI("*", .everything, namespace: namespace)
            }
        }
        if self.namespace == nil {
            mayCreateNamespace = try await explaining { () async throws(KubernetesError) in
                try await cluster.mayI("create", .namespace, namespace: nil)
            }
        } else {
            live = try await contents
            try await readSurroundings(cluster, namespace, solution)
        }
    }

    private static func contents(
        _ cluster: KubernetesClient,
        _ namespace: String,
        _ secret: String
    ) async throws -> [ObjectKind: [Document]] {
        async let pullSecret = permitted { () async throws(KubernetesError) in
            try await cluster.get(.secret, secret, namespace: namespace).map { [$0] } ?? []
        }
        async let deployments = explaining { () async throws(KubernetesError) in
            try await cluster.list(.deployment, namespace: namespace).items
        }
        async let services = explaining { () async throws(KubernetesError) in
            try await cluster.list(.service, namespace: namespace).items
        }
        async let claims = explaining { () async throws(KubernetesError) in
            try await cluster.list(.claim, namespace: namespace).items
        }
        return [
            .deployment: try await deployments, .service: try await services, .claim: try await claims,
            .secret: try await pullSecret ?? [],
        ]
    }

    /// Two requests more, which ones depends on what is there. The question about incomplete rules takes the place of
    /// the quotas.
    private mutating func readSurroundings(
        _ cluster: KubernetesClient,
        _ namespace: String,
        _ solution: String
    ) async throws {
        let isHere = live.values.joined().contains { Ownership(of: $0, solution: solution) == .ours }
        let isOpen = rules.isIncomplete
        let kind: ObjectKind = isHere ? .ingress : .pod
        async let surroundings = Self.permitted { () async throws(KubernetesError) in
            try await cluster.list(kind, namespace: namespace).items
        }
        async let quotas = Self.permitted { () async throws(KubernetesError) in
            isOpen ? [] : try await cluster.list(.resourceQuota, namespace: namespace).items
        }
        if isHere { live[.ingress] = try await surroundings ?? [] } else { pods = try await surroundings ?? [] }
        self.quotas = try await quotas ?? []
    }

    /// Nil where the user may not look; that alone is no reason to stop.
    static func permitted<Value: Sendable>(
        _ work: @Sendable () async throws(KubernetesError) -> Value
    ) async throws -> Value? {
        do throws(KubernetesError) {
            return try await work()
        } catch {
            guard error.code != .forbidden else { return nil }
            return try await explaining { () async throws(KubernetesError) -> Value? in throw error }
        }
    }
}

extension ObjectKind {
    /// All objects of all groups, for questions about permissions.
    fileprivate static let everything = ObjectKind(apiVersion: "*/v1", kind: "*", resource: "*")
}
