/// A JSON or YAML value whose objects keep the order of their members and whose numbers keep their digits.
///
/// Reading a document and writing it again changes nothing that nobody asked to change: unknown members stay
/// where they were, `1.0` does not become `1`.
@frozen
public indirect enum Document: Sendable, Hashable {
    case null
    case bool(Bool)
    case number(NumberLiteral)
    case string(String)
    case array([Document])
    case object(DocumentObject)
}

extension Document {
    /// Whether this is JSON's null.
    public var isNull: Bool { self == .null }

    /// The text; nil for any other kind of value.
    public var string: String? {
        if case .string(let value) = self { value } else { nil }
    }

    /// The truth value; nil for any other kind of value.
    public var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The value of an integral number that fits; nil for anything else.
    public var integer: Int? {
        if case .number(let literal) = self { literal.integer } else { nil }
    }

    /// The value of a number.
    public var double: Double? {
        if case .number(let literal) = self { literal.double } else { nil }
    }

    /// The elements; nil for any other kind of value.
    public var array: [Document]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// The members; nil for any other kind of value.
    public var object: DocumentObject? {
        if case .object(let object) = self { object } else { nil }
    }

    /// The member of that name, or nil where there is none or this is no object.
    public subscript(key: String) -> Document? { object?[key] }

    /// What kind of value this is, as a reader would call it.
    public var kindName: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "a list"
        case .object: "an object"
        }
    }
}

// There is no literal for null: where a `Document?` is meant, `nil` would silently become a JSON null.
extension Document: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
    /// A string.
    public init(stringLiteral value: String) { self = .string(value) }
    /// A number.
    public init(integerLiteral value: Int) { self = .number(NumberLiteral(value)) }
    /// A truth value.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
}

extension Document: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    /// A list.
    public init(arrayLiteral elements: Document...) { self = .array(elements) }

    /// An object with the members in the order written; of two equal keys the last one counts.
    public init(dictionaryLiteral elements: (String, Document)...) {
        var object = DocumentObject()
        for (key, value) in elements { object[key] = value }
        self = .object(object)
    }
}
