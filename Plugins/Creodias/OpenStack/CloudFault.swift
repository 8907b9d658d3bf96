internal import Documents
internal import Secrets
internal import TargetContract
internal import Transport

/// What an answer of OpenStack says that is no success. Four shapes: Keystone's `{"error": {…}}`, which the guard in
/// front of Magnum has, too; Magnum's `{"errors": [{…}]}`; the same with empty texts; and anything else, of which
/// nothing is quoted: it need not come from OpenStack.
struct CloudFault: Sendable, Hashable {
    let status: Int
    /// In the cloud's own words; nil where it has none.
    let message: String?

    /// - Parameter hidden: secrets that were sent; a message that repeats one is not shown at all.
    init(_ response: HTTPResponse, hiding hidden: [SecretBytes] = []) {
        status = response.status
        let document = try? Document(json: response.body, limits: .request)
        let texts = [
            document?["error"]?["message"], document?["errors"]?.array?.first?["detail"],
            document?["errors"]?.array?.first?["title"], document?["error"]?["title"],
        ]
        let words = texts.compactMap { $0?.string }.filter { text in !hidden.contains { Self.repeats($0, text) } }
        message = words.compactMap { ForeignText.line($0) }.first
    }

    /// The message, or else the status.
    var words: String { message ?? "the answer is \(status) without a reason" }

    private static func repeats(_ secret: SecretBytes, _ text: String) -> Bool {
        secret.withBytes { secret in
            guard !secret.isEmpty else { return false }
            return text.contains(String(decoding: secret, as: UTF8.self))
        }
    }
}
