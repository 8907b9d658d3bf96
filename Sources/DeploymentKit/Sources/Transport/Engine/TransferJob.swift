internal import CCurl

/// A request that passed all checks, on its way to the loop's thread.
struct TransferJob: Sendable {
    var request: HTTPRequest
    let url: URLParts
    /// The addresses that may be called; nil without a policy.
    var host: CheckedHost?
    var tls = TLSSettings()
    /// Takes the body as it comes; nil to collect it.
    var stream: StreamBuffer?

    init(request: HTTPRequest, url: URLParts) {
        self.request = request
        self.url = url
    }

    func error(_ code: TransportError.Code, _ reason: String) -> TransportError {
        TransportError(code, host: url.host, reason: reason)
    }

    /// The URL with the name that the server's certificate must have.
    var calledURL: String {
        guard let name = tls.serverName else { return url.text }
        return "\(url.scheme)://\(name):\(url.port)\(url.path)" + (url.query.map { "?\($0)" } ?? "")
    }

    /// As CURLOPT_CONNECT_TO wants it, where that name is not the host's.
    var detour: String? {
        tls.serverName.map {
            "\($0):\(url.port):" + (url.host.contains(":") ? "[\(url.host)]" : url.host) + ":\(url.port)"
        }
    }
}

extension HTTPRequest.Version {
    var curlValue: Int {
        switch self {
        case .automatic: CURL_HTTP_VERSION_2TLS
        case .http1: CURL_HTTP_VERSION_1_1
        case .http2PriorKnowledge: CURL_HTTP_VERSION_2_PRIOR_KNOWLEDGE
        }
    }
}
