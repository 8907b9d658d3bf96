/// A line of a part's header, without its end, and where it is in the body.
struct HeaderLine {
    let bytes: ArraySlice<UInt8>

    /// The byte of the body at which the line begins.
    var offset: Int { bytes.startIndex }

    /// The name in lower case, and the value without blanks around it.
    /// - Throws: `FormError` for a line that is no header, and for one that continues another (RFC 9112, section 5.2).
    func nameAndValue() throws(FormError) -> (name: String, value: String) {
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon > offset,
            bytes[..<colon].allSatisfy({ byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
            }), let value = String(validating: bytes[colon...].dropFirst(), as: UTF8.self)
        else { throw .malformed("a line of a part's header is not \"name: value\" in UTF-8", at: offset) }
        return (String(decoding: bytes[..<colon], as: UTF8.self).lowercased(), value)
    }
}
