internal import Documents
internal import Kubernetes

/// An object that a deployment wants to be there.
struct DesiredObject: Sendable {
    /// The order of work: what comes first must be there for what follows.
    enum Stage: Int, CaseIterable, Sendable {
        case storage, services, workloads
    }

    let kind: ObjectKind
    let name: String
    /// The object as it is compared; of a Secret's data it has digests only.
    let document: Document
    /// The object as it is sent.
    let body: APIBody

    init(_ kind: ObjectKind, name: String, document: Document, body: APIBody? = nil) {
        self.kind = kind
        self.name = name
        self.document = document
        self.body = body ?? .document(document)
    }

    var stage: Stage {
        switch kind {
        case .deployment: .workloads
        case .service, .ingress: .services
        default: .storage
        }
    }
}

extension DesiredObject {
    /// The object with a further annotation.
    func annotated(_ name: String, _ value: String) -> DesiredObject {
        guard var object = document.object, var metadata = object["metadata"]?.object else { return self }
        var annotations = metadata["annotations"]?.object ?? DocumentObject()
        annotations[name] = .string(value)
        metadata["annotations"] = .object(annotations)
        object["metadata"] = .object(metadata)
        return DesiredObject(kind, name: self.name, document: .object(object))
    }
}

/// Prints kind and name only: the object may hold what users gave as a secret.
extension DesiredObject: CustomStringConvertible, CustomReflectable {
    var description: String { "\(kind.kind) \(name)" }
    var customMirror: Mirror { Mirror(self, children: []) }
}

/// What is to be done with one object.
struct ObjectWork: Sendable {
    enum Action: Sendable {
        case create
        case change([ObjectComparison.Change])
        case keep
    }

    let object: DesiredObject
    let action: Action

    var isNeeded: Bool {
        if case .keep = action { false } else { true }
    }
}

extension ObjectWork: CustomStringConvertible, CustomReflectable {
    var description: String { "\(isNeeded ? "apply" : "keep") \(object)" }
    var customMirror: Mirror { Mirror(self, children: []) }
}

/// An object in the cluster: this very one, not a successor of the same name.
struct ObjectIdentity: Sendable {
    let kind: ObjectKind
    let name: String
    let uid: String
}
