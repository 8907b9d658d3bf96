/// What the header of a part says of it.
struct MultipartHeader {
    /// The field's name.
    let name: String
    /// Whether the part is a file input's.
    let isFile: Bool
    /// Whether a file was chosen. What it is called does not matter.
    let hasFileName: Bool

    /// - Throws: `FormError` where the part is no form field, or encoded in a way that no browser does.
    init(_ lines: [HeaderLine]) throws(FormError) {
        var disposition: (value: HeaderValue, offset: Int)?
        for line in lines {
            let (name, text) = try line.nameAndValue()
            switch name {
            case "content-disposition":
                guard disposition == nil, let value = HeaderValue(text), value.text == "form-data" else {
                    throw .malformed("a part has no proper header Content-Disposition: form-data", at: line.offset)
                }
                disposition = (value, line.offset)
            case "content-transfer-encoding":
                // RFC 7578, section 4.7
                guard ["7bit", "8bit", "binary"].contains(HeaderValue(text)?.text ?? "") else {
                    throw .malformed("a part has a Content-Transfer-Encoding, which is not supported", at: line.offset)
                }
            case "content-type":
                guard HeaderValue(text)?.text != "multipart/mixed" else {
                    throw .malformed("a part is multipart itself, which is not supported", at: line.offset)
                }
            default: break
            }
        }
        guard let disposition else { throw .malformed("a part has no header Content-Disposition") }
        guard let name = disposition.value["name"], !name.isEmpty else {
            throw .malformed("a field's name is missing or empty", at: disposition.offset)
        }
        self.name = Self.decoded(name)
        let fileName = disposition.value["filename"] ?? disposition.value["filename*"]
        isFile = fileName != nil
        hasFileName = fileName.map { !$0.isEmpty } ?? false
    }

    /// Browsers write these three as percent-encoded, and nothing else, the percent sign itself neither
    /// (HTML, multipart/form-data encoding algorithm).
    private static func decoded(_ name: String) -> String {
        [("%22", "\""), ("%0D", "\r"), ("%0A", "\n")].reduce(name) { name, sign in name.replacing(sign.0, with: sign.1)
        }
    }
}
