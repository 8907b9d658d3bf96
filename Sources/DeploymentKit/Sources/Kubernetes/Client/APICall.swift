public import Documents
public import Secrets

/// What is sent to the API.
@frozen
public enum APIBody: Sendable {
    case document(Document)
    /// JSON that must not be kept, such as a Secret with its data.
    case secret(SecretBytes)
}

/// A request to the API, before it has a URL.
struct APICall {
    let method: String
    let kind: ObjectKind
    let namespace: String?
    var name: String?
    var subresource: String?
    var query: [(String, String)] = []
    var contentType = "application/json"
    var body: APIBody?
    /// Whether it may be repeated when it is not known whether the server saw it.
    var isIdempotent = true
    /// For errors: `apply Deployment berth-planner`.
    let operation: String

    init(_ method: String, _ kind: ObjectKind, namespace: String?, name: String? = nil, operation: String) {
        self.method = method
        self.kind = kind
        self.namespace = kind.isNamespaced ? namespace : nil
        self.name = name
        self.operation = operation
    }

    /// The path's segments after the server's own.
    var segments: [String] {
        var segments = kind.group.isEmpty ? ["api"] : ["apis"]
        segments += kind.apiVersion.split(separator: "/").map(String.init)
        if let namespace { segments += ["namespaces", namespace] }
        segments.append(kind.resource)
        if let name { segments.append(name) }
        if let subresource { segments.append(subresource) }
        return segments
    }
}
