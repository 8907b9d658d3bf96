/// Reads `application/x-www-form-urlencoded` as browsers write it (WHATWG URL, section 5).
enum URLEncodedForm {
    /// - Throws: `FormError` for broken percent-encoding, names that are empty or not UTF-8, and too many fields.
    static func fields(_ body: [UInt8], limits: FormLimits) throws(FormError) -> FormFields {
        try limits.check(body)
        var fields = FormFields()
        // One piece more than allowed tells that there are too many; what else there is stays in it.
        for pair in body.split(separator: UInt8(ascii: "&"), maxSplits: limits.fields) {
            try limits.check(fieldNumber: fields.count + 1)
            let equals = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
            let name = try decoded(pair[..<equals])
            guard let name = String(validating: name, as: UTF8.self), !name.isEmpty else {
                throw .malformed("a field's name is empty or not UTF-8", at: pair.startIndex)
            }
            fields.append(FormField(name: name, value: try decoded(pair[equals...].dropFirst())))
        }
        return fields
    }

    private static func decoded(_ text: ArraySlice<UInt8>) throws(FormError) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var position = text.startIndex
        while position < text.endIndex {
            switch text[position] {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let byte = byte(text[position...].dropFirst().prefix(2)) else {
                    throw .malformed("a percent sign is not followed by two hexadecimal digits", at: position)
                }
                bytes.append(byte)
                position += 2
            case let byte: bytes.append(byte)
            }
            position += 1
        }
        return bytes
    }

    private static func byte(_ digits: ArraySlice<UInt8>) -> UInt8? {
        guard digits.count == 2 else { return nil }
        var byte: UInt8 = 0
        for digit in digits {
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): byte = byte << 4 | (digit - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): byte = byte << 4 | (digit - UInt8(ascii: "a") + 10)
            case UInt8(ascii: "A")...UInt8(ascii: "F"): byte = byte << 4 | (digit - UInt8(ascii: "A") + 10)
            default: return nil
            }
        }
        return byte
    }
}
