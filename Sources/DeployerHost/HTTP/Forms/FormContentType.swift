/// The formats of forms, as the header `Content-Type` names them.
enum FormContentType: Sendable, Hashable {
    /// `application/x-www-form-urlencoded`
    case urlEncoded
    /// `multipart/form-data` with its boundary (RFC 7578).
    case multipart(boundary: String)

    /// - Throws: `FormError` for another type, and for a boundary that is missing or none (RFC 2046, section 5.1.1).
    init(_ header: String) throws(FormError) {
        guard let value = HeaderValue(header) else { throw Self.unsupported }
        switch value.text {
        case "application/x-www-form-urlencoded": self = .urlEncoded
        case "multipart/form-data":
            guard let boundary = value["boundary"], Self.isBoundary(boundary) else {
                throw .malformed("the header Content-Type has no usable boundary")
            }
            self = .multipart(boundary: boundary)
        default: throw Self.unsupported
        }
    }

    private static let unsupported = FormError(
        kind: .unsupportedType,
        description: "The body is no form: its type must be application/x-www-form-urlencoded or multipart/form-data."
    )

    private static func isBoundary(_ text: String) -> Bool {
        (1...70).contains(text.utf8.count) && !text.hasSuffix(" ")
            && text.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "'()+_,-./:=? ".utf8.contains(byte)
            }
    }
}
