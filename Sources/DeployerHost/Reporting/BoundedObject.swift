internal import Documents

/// A JSON object whose text stays within a size.
struct BoundedObject {
    private var object = DocumentObject()
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    /// Adds or replaces a member, if the text is not too long then.
    /// - Returns: whether it was not.
    @discardableResult
    mutating func add(_ key: String, _ value: Document) -> Bool {
        var longer = object
        longer[key] = value
        guard Document.object(longer).json().count <= limit else { return false }
        object = longer
        return true
    }

    var json: String { String(decoding: Document.object(object).json(), as: UTF8.self) }
}
