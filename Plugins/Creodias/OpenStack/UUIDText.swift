/// The text of a UUID, as OpenStack names what it has.
enum UUIDText {
    /// 32 hexadecimal digits in five groups.
    static func isValid(_ text: String) -> Bool {
        let groups = text.split(separator: "-", omittingEmptySubsequences: false)
        return groups.map(\.utf8.count) == [8, 4, 4, 4, 12]
            && groups.allSatisfy { $0.unicodeScalars.allSatisfy { $0.isASCII && $0.properties.isHexDigit } }
    }
}
