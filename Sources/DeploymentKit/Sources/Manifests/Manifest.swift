public import Documents

/// A Kubernetes object, ready to be written or sent.
public struct Manifest: Sendable, Hashable {
    /// For instance `Deployment`.
    public var kind: String
    public var name: String
    /// The object itself: apiVersion, kind, metadata, spec.
    public var document: Document

    init(apiVersion: String, kind: String, metadata: Document, name: String, spec: Document) {
        self.kind = kind
        self.name = name
        document = ["apiVersion": .string(apiVersion), "kind": .string(kind), "metadata": metadata, "spec": spec]
    }
}
