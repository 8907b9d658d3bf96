internal import Documents
internal import Kubernetes
internal import Secrets

/// What of an object must not be shown: data of Secrets, and values of environment variables, which users give as a
/// secret option. Pure.
enum Redaction {
    /// A Secret whose data are replaced by their digests, so that it can be compared and printed.
    static func digested(_ secret: Document) -> Document {
        guard var object = secret.object, let data = object["data"]?.object else { return secret }
        var digests = DocumentObject()
        for member in data.members {
            digests[member.key] = .string("sha256:" + SHA256(hashing: (member.value.string ?? "").utf8).hex)
        }
        object["data"] = .object(digests)
        return .object(object)
    }

    /// The value of a field as compact JSON.
    static func text(_ value: Document, at path: DocumentPath, of kind: ObjectKind) -> String {
        let isData = kind == .secret && path.steps.first == .key("data")
        let isVariable = path.steps.contains(.key("env")) && path.steps.last == .key("value")
        guard !isData, !isVariable else { return hidden }
        let keys = path.steps.filter { if case .key = $0 { true } else { false } }
        return hiding(value, isEnvironment: keys.last == .key("env")).jsonText()
    }

    private static let hidden = "<redacted>"

    /// - Parameter isEnvironment: whether the value is a list of environment variables, or one of them.
    private static func hiding(_ value: Document, isEnvironment: Bool) -> Document {
        switch value {
        case .array(let elements): return .array(elements.map { hiding($0, isEnvironment: isEnvironment) })
        case .object(var object):
            for member in object.members {
                let isVariable = isEnvironment && member.key == "value"
                object[member.key] =
                    isVariable ? .string(hidden) : hiding(member.value, isEnvironment: member.key == "env")
            }
            return .object(object)
        default: return value
        }
    }
}
