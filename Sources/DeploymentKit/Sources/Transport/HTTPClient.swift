/// Sends HTTP requests over libcurl: HTTP/1.1, and HTTP/2 over TLS.
///
/// One thread serves all requests of a client and keeps its connections; create one client for each purpose and keep
/// it. Redirects are not followed, proxies of the environment are not used, certificates are always verified, no
/// cookie is kept. The thread ends with the client.
///
///     let client = HTTPClient(policy: NetworkPolicy(allow: [range]))
///     let response = try await client.send(HTTPRequest(url: "https://example.org/"))
public final class HTTPClient: Sendable {
    private let loop: EventLoop
    private let policy: NetworkPolicy?
    private let resolver: HostResolver

    /// A client whose requests go everywhere, or with a policy, where it permits.
    public convenience init(policy: NetworkPolicy? = nil) {
        self.init(policy: policy, resolver: .system)
    }

    init(policy: NetworkPolicy?, resolver: HostResolver) {
        self.policy = policy
        self.resolver = resolver
        loop = EventLoop.started()
    }

    deinit { loop.stop() }

    /// Sends a request and reads the whole answer. Cancelling the task aborts the transfer.
    public func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        let started = ContinuousClock.now
        let url = try URLParts(request.url)
        if let problem = request.problem {
            throw TransportError(.invalidRequest, host: url.host, reason: problem)
        }
        var job = TransferJob(request: request, url: url)
        if let policy {
            let deadline = min(request.deadlines.connect, request.deadlines.total ?? request.deadlines.connect)
            job.host = try await CheckedHost(url, policy: policy, resolver: resolver, deadline: deadline)
        }
        if let total = request.deadlines.total {
            job.request.deadlines.total = total - started.duration(to: .now)
        }
        return try await loop.run(job).get()
    }

    /// Ends the thread; what is under way and what is sent afterwards ends with `TransportError.Code.cancelled`.
    public func shutdown() { loop.stop() }
}
