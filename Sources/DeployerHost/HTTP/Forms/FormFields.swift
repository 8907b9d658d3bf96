/// What a form holds, in the order of the form. Where a name is there more than once, the first one counts; `values`
/// has all of them.
struct FormFields: Sendable, Hashable {
    private(set) var fields: [FormField] = []

    init(_ fields: [FormField] = []) { self.fields = fields }

    /// How many fields and files there are, with those of equal names.
    var count: Int { fields.count }

    /// The first field or file of a name.
    subscript(name: String) -> FormField? { fields.first { $0.name == name } }

    /// All fields and files of a name.
    func values(_ name: String) -> [FormField] { fields.filter { $0.name == name } }

    /// The first value of a name as text, with line ends as they were sent; nil where there is none.
    /// - Throws: `FormError` where it is not UTF-8.
    func text(_ name: String) throws(FormError) -> String? {
        guard let field = self[name] else { return nil }
        guard let text = String(validating: field.value, as: UTF8.self) else {
            throw .malformed("a value is not UTF-8", field: name)
        }
        return text
    }

    mutating func append(_ field: FormField) { fields.append(field) }
}

extension FormFields {
    /// Reads a form of either format that browsers send.
    /// - Parameter contentType: the header `Content-Type`; nil where there is none.
    /// - Throws: `FormError`.
    init(_ body: [UInt8], contentType: String?, limits: FormLimits) throws(FormError) {
        switch try FormContentType(contentType ?? "") {
        case .urlEncoded: self = try URLEncodedForm.fields(body, limits: limits)
        case .multipart(let boundary): self = try MultipartForm.fields(body, boundary: boundary, limits: limits)
        }
    }
}
