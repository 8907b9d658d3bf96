internal import Documents

/// Reads typed fields out of an object; `null` and absent are the same.
struct FieldReader {
    private let object: DocumentObject
    private let node: String?

    init(_ object: DocumentObject, node: String?) {
        self.object = object
        self.node = node
    }

    func text(_ field: String) throws(BlueprintError) -> String? {
        switch object[field] {
        case nil, .null: return nil
        case .string(let text): return text
        case .some(let other): throw mismatch(field, "is \(other.kindName), not a string")
        }
    }

    /// A boolean; strings `"true"` and `"false"` are accepted as well.
    func flag(_ field: String) throws(BlueprintError) -> Bool {
        switch object[field] {
        case nil, .null: return false
        case .bool(let value): return value
        case .string(let text) where ["true", "false", ""].contains(text.lowercased()):
            return text.lowercased() == "true"
        case .some(let other): throw mismatch(field, "is \(other.kindName), not a boolean")
        }
    }

    func list(_ field: String) throws(BlueprintError) -> [Document] {
        switch object[field] {
        case nil, .null: return []
        case .array(let elements): return elements
        case .some(let other): throw mismatch(field, "is \(other.kindName), not a list")
        }
    }

    private func mismatch(_ field: String, _ problem: String) -> BlueprintError {
        BlueprintError(node: node, field: field, problem: problem)
    }
}
