internal import Documents

/// A key of `fieldsV1`: `f:name` is a member, `k:{"name":"x"}` an element of a list. Nil for `.` (the thing itself) and
/// for values of sets, which none of our objects has.
enum OwnedField {
    case member(String)
    case element(ElementKey)

    init?(_ key: String) {
        if key.hasPrefix("f:") {
            self = .member(String(key.dropFirst(2)))
        } else if key.hasPrefix("k:"), let fields = try? Document(json: String(key.dropFirst(2))).object {
            self = .element(ElementKey(fields: fields))
        } else {
            return nil
        }
    }
}

/// The values by which an element of a list is found.
struct ElementKey {
    let fields: DocumentObject

    func selects(_ element: Document) -> Bool {
        fields.members.allSatisfy { element[$0.key] == $0.value }
    }
}

/// The keys of lists whose elements are told apart by fields (`x-kubernetes-list-map-keys` of the API's schema), as far
/// as our objects have such lists.
enum ListKeys {
    static func of(_ path: DocumentPath) -> [String]? {
        guard case .key(let name)? = path.steps.last else { return nil }
        switch name {
        case "containers", "initContainers", "volumes", "env", "imagePullSecrets": return ["name"]
        case "volumeMounts": return ["mountPath"]
        case "ports":
            return path.steps.contains(.key("containers")) ? ["containerPort", "protocol"] : ["port", "protocol"]
        default: return nil
        }
    }

    static func areEqual(_ left: Document, _ right: Document, _ keys: [String]) -> Bool {
        keys.allSatisfy { left[$0] == right[$0] }
    }
}
