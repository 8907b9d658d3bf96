public import Documents

/// A Kubernetes object, ready to be written or sent.
public struct Manifest: Sendable, Hashable {
    /// For instance `Deployment`.
    public var kind: String
    /// The object's name.
    public var name: String
    /// The object itself: apiVersion, kind, metadata and, where its kind has one, spec.
    public var document: Document

    init(apiVersion: String, kind: String, metadata: Document, name: String, spec: Document?) {
        self.kind = kind
        self.name = name
        var object: DocumentObject = [
            "apiVersion": .string(apiVersion), "kind": .string(kind), "metadata": metadata,
        ]
        object["spec"] = spec
        document = .object(object)
    }
}
