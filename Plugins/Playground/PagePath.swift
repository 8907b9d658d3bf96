/// The path of a page, as a playground tells it. It becomes the place that browsers are sent to, so that nothing but one
/// absolute path, perhaps with query and fragment, is accepted (RFC 3986, section 3.3).
struct PagePath: Sendable, Hashable {
    /// In ASCII; begins with one slash.
    let text: String

    /// The most bytes of a path.
    static let limit = 2_000

    /// - Parameter text: blanks and line ends around the path are no part of it.
    init(_ text: String) throws(PlaygroundAddress.Problem) {
        let isBlank = { (byte: UInt8) in byte == 0x20 || (0x09...0x0D).contains(byte) }
        let bytes = Array(text.utf8.drop(while: isBlank).reversed().drop(while: isBlank).reversed())
        guard !bytes.isEmpty else { throw .init(text: "it is empty") }
        guard bytes.count <= Self.limit else { throw .init(text: "it is longer than \(Self.limit) characters") }
        guard bytes.first == UInt8(ascii: "/") else { throw .init(text: "it does not begin with a slash") }
        guard bytes.dropFirst().first != UInt8(ascii: "/") else { throw .init(text: "it names another server") }
        guard bytes.allSatisfy(Self.isAllowed) else {
            throw .init(text: "it holds a blank, a backslash or another character that paths do not have")
        }
        guard let decoded = Self.decoded(bytes) else { throw .init(text: "it holds a % that encodes nothing") }
        guard decoded.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw .init(text: "it holds an encoded control character")
        }
        let path = bytes.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        guard let plain = Self.decoded(path), !plain.contains(UInt8(ascii: "\\")) else {
            throw .init(text: "it holds an encoded backslash")
        }
        let segments = plain.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard !segments.contains(where: { $0.elementsEqual(".".utf8) || $0.elementsEqual("..".utf8) }) else {
            throw .init(text: "it leads upwards")
        }
        self.text = String(decoding: bytes, as: UTF8.self)
    }

    /// Visible ASCII without what RFC 3986 keeps out of URLs.
    private static func isAllowed(_ byte: UInt8) -> Bool {
        (0x21...0x7E).contains(byte) && !"\"<>\\^`{|}".utf8.contains(byte)
    }

    /// The bytes behind `%XX`; nil where something else follows a `%`.
    private static func decoded(_ bytes: some Sequence<UInt8>) -> [UInt8]? {
        var result: [UInt8] = []
        var rest = Array(bytes)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                result.append(byte)
                continue
            }
            let digits = rest.prefix(2)
            guard digits.count == 2, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
                let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
            else { return nil }
            result.append(value)
            rest = rest.dropFirst(2)
        }
        return result
    }
}
