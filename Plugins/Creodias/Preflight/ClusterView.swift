internal import Documents
internal import Kubernetes

/// What a cluster was seen to be before anything is written: at most ten requests, side by side.
struct ClusterView: Sendable {
    /// Nil if there is none; `.null` if the user may not read it.
    var namespace: Document?
    var rules: AccessRules
    /// Deployments, Services, claims and Secrets of the namespace.
    var live: [ObjectKind: [Document]] = [:]
    var pods: [Document] = []
    /// Nil where the user may not read them.
    var nodes: [Document]?
    var classes: [Document]?
    var quotas: [Document] = []
    /// Whether an absent namespace can be made; nil where it is there.
    var mayCreateNamespace: Bool?

    /// Looks at the cluster.
    /// - Parameters:
    ///   - secret: the name of the pull secret that is to be made, if any.
    init(_ cluster: KubernetesClient, namespace: String, needsStorage: Bool, secret: String?) async throws {
        async let nodes = Self.permitted { () async throws(KubernetesError) in try await cluster.list(.node).items }
        async let classes = Self.permitted { () async throws(KubernetesError) in
            needsStorage ? try await cluster.list(.storageClass).items : []
        }
        async let found = Self.permitted { () async throws(KubernetesError) in
            try await cluster.get(.namespace, namespace) ?? .bool(false)
        }
        rules = try await explaining { () async throws(KubernetesError) in try await cluster.accessRules(in: namespace)
        }
        let answer = try await found
        self.namespace = answer == .bool(false) ? nil : (answer ?? .null)
        self.nodes = try await nodes
        self.classes = try await classes
        if self.namespace == nil {
            mayCreateNamespace = try await explaining { () async throws(KubernetesError) in
                try await cluster.mayI("create", .namespace, namespace: nil)
            }
        } else {
            try await readContents(cluster, namespace, secret)
        }
    }

    private mutating func readContents(_ cluster: KubernetesClient, _ namespace: String, _ secret: String?) async throws
    {
        async let pods = Self.permitted { () async throws(KubernetesError) in
            try await cluster.list(.pod, namespace: namespace).items
        }
        async let quotas = Self.permitted { () async throws(KubernetesError) in
            try await cluster.list(.resourceQuota, namespace: namespace).items
        }
        async let pullSecret = Self.permitted { () async throws(KubernetesError) in
            guard let secret else { return [Document]() }
            return try await cluster.get(.secret, secret, namespace: namespace).map { [$0] } ?? []
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
        live = [
            .deployment: try await deployments, .service: try await services, .claim: try await claims,
            .secret: try await pullSecret ?? [],
        ]
        self.pods = try await pods ?? []
        self.quotas = try await quotas ?? []
    }

    /// Nil where the user may not look; that alone is no reason to stop.
    private static func permitted<Value: Sendable>(
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
