internal import HTTPTypes
internal import Documents
internal import Hummingbird

/// An error as clients see it: RFC 9457 problem details, or a page with the same content.
struct Problem: Error, Sendable {
    var status: HTTPResponse.Status
    /// What failed, a few words.
    var title: String
    /// Why, in a sentence or two.
    var detail: String
    /// What the reader can do.
    var remedy: String?
    /// The node of the pipeline that is meant, by its author's name.
    var node: String?
    /// The field of the blueprint, option or member of the request that is meant.
    var field: String?
    /// The id of the deployment that is in the way, if it is the reader's.
    var deployment: String?
    /// After how many seconds it makes sense to try again.
    var retryAfter: Int?

    init(
        _ status: HTTPResponse.Status,
        _ title: String,
        detail: String,
        remedy: String? = nil,
        node: String? = nil,
        field: String? = nil
    ) {
        self.status = status
        self.title = title
        self.detail = detail
        self.remedy = remedy
        self.node = node
        self.field = field
    }

    var document: Document {
        var object: DocumentObject = [
            "type": "about:blank", "title": .string(title), "status": .number(NumberLiteral(status.code)),
            "detail": .string(detail),
        ]
        for (key, value) in [("remedy", remedy), ("node", node), ("field", field), ("deployment", deployment)] {
            object[key] = value.map(Document.string)
        }
        return .object(object)
    }

    /// The answer as `application/problem+json`.
    var response: Response {
        var headers: HTTPFields = [.contentType: "application/problem+json"]
        if status == .unauthorized { headers[.wwwAuthenticate] = "Bearer" }
        if let retryAfter { headers[.retryAfter] = "\(retryAfter)" }
        return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: document.json())))
    }
}
