/// How much a form may hold.
struct FormLimits: Sendable {
    /// Bytes of the whole body.
    var bytes: Int
    /// Fields and files together.
    var fields = 200
    /// Bytes of the header of one part, with the line ends.
    var headerBytes = 8 << 10

    init(bytes: Int) { self.bytes = bytes }

    /// - Throws: `FormError` where the body is larger.
    func check(_ body: [UInt8]) throws(FormError) {
        guard body.count <= bytes else {
            throw FormError(kind: .tooLarge, description: "The form is larger than \(bytes) bytes.")
        }
    }

    /// - Throws: `FormError` for one field too many.
    func check(fieldNumber number: Int) throws(FormError) {
        guard number <= fields else {
            throw FormError(kind: .tooLarge, description: "The form has more than \(fields) fields.")
        }
    }
}
