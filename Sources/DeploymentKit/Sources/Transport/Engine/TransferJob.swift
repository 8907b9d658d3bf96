/// A request that passed all checks, on its way to the loop's thread.
struct TransferJob: Sendable {
    var request: HTTPRequest
    let url: URLParts
    /// The addresses that may be called; nil without a policy.
    var host: CheckedHost?

    init(request: HTTPRequest, url: URLParts) {
        self.request = request
        self.url = url
    }

    func error(_ code: TransportError.Code, _ reason: String) -> TransportError {
        TransportError(code, host: url.host, reason: reason)
    }
}
