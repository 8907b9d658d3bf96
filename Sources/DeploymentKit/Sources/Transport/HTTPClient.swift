/// Sends HTTP requests over libcurl: HTTP/1.1, HTTP/2 over TLS, and HTTP/2 with prior knowledge.
///
/// One thread serves all requests of a client and keeps its connections; create one client for each purpose and keep
/// it. Redirects are not followed, proxies of the environment are not used, certificates are always verified, no
/// cookie is kept. The thread ends with the client.
///
///     let client = HTTPClient(policy: NetworkPolicy(allow: [range]))
///     let response = try await client.send(HTTPRequest(url: "https://example.org/"))
public final class HTTPClient: Sendable {
    let loop: EventLoop
    private let policy: NetworkPolicy?
    private let tls: TLSSettings
    private let resolver: HostResolver

    /// A client whose requests go everywhere, or with a policy, where it permits.
    /// - Parameters:
    ///   - tls: for all servers of this client.
    ///   - maximumInFlight: requests beyond this number wait in their order, before their deadlines begin. A stream
    ///     counts until its header has come.
    public convenience init(policy: NetworkPolicy? = nil, tls: TLSSettings = TLSSettings(), maximumInFlight: Int = 64) {
        self.init(policy: policy, tls: tls, maximumInFlight: maximumInFlight, resolver: .system)
    }

    init(policy: NetworkPolicy?, tls: TLSSettings = TLSSettings(), maximumInFlight: Int = 64, resolver: HostResolver) {
        self.policy = policy
        self.tls = tls
        self.resolver = resolver
        loop = EventLoop.started(maximumInFlight: max(1, maximumInFlight))
    }

    deinit { loop.stop() }

    /// Sends a request and reads the whole answer. Cancelling the task aborts the transfer.
    public func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        try await loop.run(job(request)).get()
    }

    /// Checks a request and the addresses of its host.
    func job(_ request: HTTPRequest) async throws(TransportError) -> TransferJob {
        let started = ContinuousClock.now
        let url = try URLParts(request.url)
        if let problem = request.problem {
            throw TransportError(.invalidRequest, host: url.host, reason: problem)
        }
        var job = TransferJob(request: request, url: url)
        job.tls = tls
        if let policy, request.abstractSocket == nil {
            let deadline = min(request.deadlines.connect, request.deadlines.total ?? request.deadlines.connect)
            job.host = try await CheckedHost(url, policy: policy, resolver: resolver, deadline: deadline)
        }
        if let total = request.deadlines.total {
            job.request.deadlines.total = total - started.duration(to: .now)
        }
        return job
    }

    /// Ends the thread; what is under way and what is sent afterwards ends with `TransportError.Code.cancelled`.
    public func shutdown() { loop.stop() }
}
