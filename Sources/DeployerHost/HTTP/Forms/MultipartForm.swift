/// Reads `multipart/form-data` (RFC 7578) out of a complete body.
struct MultipartForm {
    private var scanner: MultipartScanner
    private let limits: FormLimits

    /// The fields and files. A file input without a file is left out: browsers send it as a part with an empty file name
    /// and no content.
    /// - Parameter boundary: as `FormContentType` has it.
    /// - Throws: `FormError`.
    static func fields(_ body: [UInt8], boundary: String, limits: FormLimits) throws(FormError) -> FormFields {
        try limits.check(body)
        var form = MultipartForm(scanner: MultipartScanner(body, boundary: boundary), limits: limits)
        return try form.read()
    }

    private mutating func read() throws(FormError) -> FormFields {
        var fields = FormFields()
        var parts = 0
        // What comes before the first boundary and after the last one means nothing (RFC 2046, section 5.1.1).
        try scanner.skipToBoundary()
        while !scanner.isAtEnd {
            parts += 1
            try limits.check(fieldNumber: parts)
            let header = try MultipartHeader(scanner.headerLines(limit: limits.headerBytes))
            let content = try scanner.skipToBoundary()
            if header.isFile, !header.hasFileName, content.isEmpty { continue }
            fields.append(FormField(name: header.name, value: Array(content), isFile: header.isFile))
        }
        return fields
    }
}
