internal import Documents
internal import Transport

/// What an answer of OpenStack says that is no success. Four shapes: Keystone's `{"error": {…}}`, which the guard in
/// front of Magnum has, too; Magnum's `{"errors": [{…}]}`; the same with empty texts; and anything else, of which
/// nothing is quoted: it need not come from OpenStack.
struct CloudFault: Sendable, Hashable {
    let status: Int
    /// In the cloud's own words; nil where it has none.
    let message: String?

    init(_ response: HTTPResponse) {
        status = response.status
        let document = try? Document(json: response.body, limits: .request)
        let texts = [
            document?["error"]?["message"], document?["errors"]?.array?.first?["detail"],
            document?["errors"]?.array?.first?["title"], document?["error"]?["title"],
        ]
        message = texts.compactMap { $0?.string.flatMap(Self.printable) }.first
    }

    /// The message, or else the status.
    var words: String { message ?? "the answer is \(status) without a reason" }

    /// In one line, at most 300 characters; nil for nothing.
    private static func printable(_ text: String) -> String? {
        let scalars = text.unicodeScalars.prefix(300).map { scalar in
            scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format
                ? " " : scalar
        }
        let words = String(String.UnicodeScalarView(scalars)).split(separator: " ").joined(separator: " ")
        return words.isEmpty ? nil : words.hasSuffix(".") ? String(words.dropLast()) : words
    }
}
