internal import Documents

/// The members of one object of a kubeconfig, with the place where it stands.
struct KubeconfigFields {
    static let rootName = "kubeconfig"

    private let object: DocumentObject
    private let path: String

    init(_ object: DocumentObject, path: String) {
        self.object = object
        self.path = path
    }

    /// How messages call a member.
    func place(_ name: String) -> String {
        let name = Self.isPlain(name) ? name : "a field with an unusual name"
        return path.isEmpty ? name : "\(path).\(name)"
    }

    /// How messages call the object itself.
    var place: String { path.isEmpty ? Self.rootName : path }

    func has(_ name: String) -> Bool { object[name] != nil }

    func isFalse(_ name: String) -> Bool { object[name] == .bool(false) }

    /// A text, without blanks at its ends; nil where it is missing, null or empty.
    func text(_ name: String) throws(KubeconfigError) -> String? {
        switch object[name] {
        case nil, .null?: return nil
        case .string(let text)?:
            let trimmed = text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()
            return trimmed.isEmpty ? nil : String(trimmed)
        // A token or a name of digits only, written without quotes.
        case .number(let number)?: return number.text
        case let other?:
            throw KubeconfigError(
                field: place(name),
                why: "this is \(other.kindName), not a text",
                remedy: "Write it as the cluster's own kubeconfig does"
            )
        }
    }

    /// The objects of a list; empty where it is missing or null.
    func list(_ name: String) throws(KubeconfigError) -> [KubeconfigFields] {
        guard let value = object[name], !value.isNull else { return [] }
        guard let elements = value.array else {
            throw KubeconfigError(
                field: place(name),
                why: "this is \(value.kindName), not a list",
                remedy: "Write it as the cluster's own kubeconfig does"
            )
        }
        // Entries that are no objects can't be selected, so nobody looks at them.
        return elements.enumerated().compactMap { index, element in
            element.object.map { KubeconfigFields($0, path: "\(place(name))[\(index)]") }
        }
    }

    /// The object of a member; empty where it is missing or null.
    func object(_ name: String) throws(KubeconfigError) -> KubeconfigFields {
        guard let value = object[name], !value.isNull else { return KubeconfigFields([:], path: place(name)) }
        guard let object = value.object else {
            throw KubeconfigError(
                field: place(name),
                why: "this is \(value.kindName), not an object",
                remedy: "Write it as the cluster's own kubeconfig does"
            )
        }
        return KubeconfigFields(object, path: place(name))
    }

    /// Refuses every member that is not accepted, with the reason that the table gives.
    func accept(only accepted: Set<String>, refusing table: [String: KubeconfigRule]) throws(KubeconfigError) {
        for name in object.keys where !accepted.contains(name) {
            let rule = table[name] ?? .unknown
            throw KubeconfigError(field: place(name), why: rule.why, remedy: rule.remedy)
        }
    }

    private static func isPlain(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= 40
            && name.utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20) || $0 == 0x2D }
    }
}
