/// A request that passed all checks, on its way to the I/O thread.
struct TransferJob: Sendable {
    var request: HTTPRequest
    let url: URLParts
    let tls: TLSSettings
    /// The addresses that may be called; nil without a policy.
    var host: CheckedHost?
    /// Whether a stream is paused while its reader has enough.
    var isPausable = true

    init(request: HTTPRequest, url: URLParts, tls: TLSSettings) {
        self.request = request
        self.url = url
        self.tls = tls
    }

    /// The host for libcurl, whose name it sends and verifies, where it is not the URL's.
    var serverName: String? { url.scheme == "https" ? tls.serverName : nil }

    func error(_ code: TransportError.Code, _ reason: String) -> TransportError {
        TransportError(code, host: url.host, reason: reason)
    }
}
