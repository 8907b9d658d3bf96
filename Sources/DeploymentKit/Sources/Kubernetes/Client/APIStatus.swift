internal import Documents
internal import Transport

/// What an answer that is no success says: the fields of a `Status` object (`meta/v1`).
///
/// Only a `Status` is quoted. Any other body is that of a server that need not be a cluster, and would let a user read
/// what only this host can reach.
struct APIStatus {
    private let status: Int
    private let document: Document?

    init(_ response: HTTPResponse) { self.init(status: response.status, body: response.body) }

    init(status: Int, body: [UInt8]) {
        self.status = status
        let document = try? Document(json: body, limits: .request)
        self.document = document?["kind"]?.string == "Status" ? document : nil
    }

    /// An object that a watch sent with the type ERROR.
    init(event: Document) {
        status = event["code"]?.integer ?? 500
        document = event
    }

    func error(_ operation: String) -> KubernetesError {
        KubernetesError(code, operation: operation, status: status, message: message, causes: causes)
    }

    private var code: KubernetesError.Code {
        guard document != nil || status == 401 || status == 429 || status >= 500 else { return .notKubernetes }
        return switch status {
        case 401: .unauthorized
        case 403: .forbidden
        case 404: .notFound
        case 409: .conflict
        case 410: .gone
        case 400, 422: .invalid
        case 429: .tooManyRequests
        default: .failed
        }
    }

    private var message: String {
        guard let text = document?["message"]?.string, !text.isEmpty else {
            return "the server answered \(status) without a reason"
        }
        return Self.printable(text, limit: 1_000)
    }

    private var causes: [KubernetesError.Cause] {
        (document?["details"]?["causes"]?.array ?? []).prefix(20).map { cause in
            KubernetesError.Cause(
                field: Self.printable(cause["field"]?.string ?? "", limit: 200),
                message: Self.printable(cause["message"]?.string ?? "", limit: 300)
            )
        }
    }

    /// Line ends become blanks; other control characters are left out.
    private static func printable(_ text: String, limit: Int) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(limit) {
            if scalar == "\n" || scalar == "\t" { scalars.append(" ") }
            if scalar.value >= 0x20, !(0x7F...0x9F).contains(scalar.value) { scalars.append(scalar) }
        }
        return String(scalars)
    }
}
