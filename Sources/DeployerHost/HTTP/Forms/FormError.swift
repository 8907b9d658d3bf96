/// Why a form cannot be read. The text repeats nothing of its values.
struct FormError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of obstacle it is, which decides about the status of the answer.
    enum Kind: Sendable, Hashable {
        /// 415
        case unsupportedType
        /// 413
        case tooLarge
        /// 400
        case malformed
    }

    var kind: Kind
    /// A sentence with what is wrong.
    var description: String
    /// The field that is meant, as the sender named it.
    var field: String?

    /// A form that does not follow its format.
    /// - Parameter offset: the byte of the body at which it does not; nil where there is no single place.
    static func malformed(_ reason: String, at offset: Int? = nil, field: String? = nil) -> FormError {
        let place = offset.map { ", at byte \($0) of the body" } ?? ""
        return FormError(kind: .malformed, description: "The form is malformed: \(reason)\(place).", field: field)
    }
}
