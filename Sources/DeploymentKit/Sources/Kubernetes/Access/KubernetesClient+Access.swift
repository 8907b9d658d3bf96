internal import Documents

extension KubernetesClient {
    /// What the user may do in a namespace, in one request.
    public func accessRules(in namespace: String) async throws(KubernetesError) -> AccessRules {
        let kind = ObjectKind(
            apiVersion: "authorization.k8s.io/v1",
            kind: "SelfSubjectRulesReview",
            resource: "selfsubjectrulesreviews",
            isNamespaced: false
        )
        let question: Document = [
            "apiVersion": .string(kind.apiVersion), "kind": .string(kind.kind),
            "spec": ["namespace": .string(namespace)],
        ]
        return AccessRules(review: try await create(question, kind))
    }

    /// Whether the user may do one thing, for what the rules leave open.
    public func mayI(
        _ verb: String,
        _ object: ObjectKind,
        namespace: String?
    ) async throws(KubernetesError) -> Bool {
        let kind = ObjectKind(
            apiVersion: "authorization.k8s.io/v1",
            kind: "SelfSubjectAccessReview",
            resource: "selfsubjectaccessreviews",
            isNamespaced: false
        )
        var attributes: DocumentObject = [
            "verb": .string(verb), "group": .string(object.group), "resource": .string(object.resource),
        ]
        if object.isNamespaced, let namespace { attributes["namespace"] = .string(namespace) }
        let question: Document = [
            "apiVersion": .string(kind.apiVersion), "kind": .string(kind.kind),
            "spec": ["resourceAttributes": .object(attributes)],
        ]
        return try await create(question, kind)["status"]?["allowed"]?.bool ?? false
    }
}
