/// Sends HTTP requests over libcurl: HTTP/1.1, and HTTP/2 over TLS.
///
/// One thread of the process serves the requests of all clients. A client has connections of its own, which end with
/// it; its requests to one host share an HTTP/2 connection. Create one client for each purpose and keep it. Redirects
/// are not followed, proxies of the environment are not used, certificates are always verified, no cookie is kept.
///
///     let client = HTTPClient(policy: NetworkPolicy(allow: [range]))
///     let response = try await client.send(HTTPRequest(url: "https://example.org/"))
public final class HTTPClient: Sendable {
    let loop: EventLoop
    private let policy: NetworkPolicy?
    private let resolver: HostResolver
    private let tls: TLSSettings

    /// A client whose requests go everywhere, or with a policy, where it permits.
    /// - Parameter maximumInFlight: How many requests are under way at once; more wait in their order, and their
    ///   deadlines begin when their turn comes.
    public convenience init(
        policy: NetworkPolicy? = nil,
        tls: TLSSettings = TLSSettings(),
        maximumInFlight: Int = 64
    ) {
        self.init(policy: policy, tls: tls, maximumInFlight: maximumInFlight, resolver: .system)
    }

    init(
        policy: NetworkPolicy?,
        tls: TLSSettings = TLSSettings(),
        maximumInFlight: Int = 64,
        resolver: HostResolver
    ) {
        self.policy = policy
        self.resolver = resolver
        self.tls = tls
        loop = EventLoop.started(maximumInFlight: max(maximumInFlight, 1))
    }

    deinit { loop.stop() }

    /// Sends a request and reads the whole answer. Cancelling the task aborts the transfer.
    public func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        let job = try await job(for: request)
        return try await loop.run(loop.newID(), host: job.url.host) { .start($0, job, .whole($1)) }.get()
    }

    /// Sends a request and returns when the header of the answer is there. From then on it doesn't count among the
    /// requests in flight. `responseLimit` holds for answers that are no success (2xx) only; the total deadline covers
    /// the whole stream, so that it is nil as a rule.
    /// - Parameter sharesConnection: Whether the stream goes over the connection of the client's other requests. Its
    ///   server is not slowed down then; a stream of which more than 32 MiB wait to be read ends with `tooLarge`.
    ///   Otherwise the stream has a connection of its own.
    public func stream(
        _ request: HTTPRequest,
        sharesConnection: Bool = false
    ) async throws(TransportError) -> HTTPStream {
        var request = request
        // libcurl would hold up to 32 MiB of a paused stream that shares its connection, for each of them.
        if !sharesConnection { request.usesOwnConnection = true }
        var job = try await job(for: request)
        job.isPausable = !sharesConnection
        let inbox = StreamInbox()
        let id = loop.newID()
        let head = try await loop.run(id, host: job.url.host) { .start($0, job, .stream(inbox, $1)) }.get()
        return HTTPStream(head: head, inbox: inbox, handle: LoopHandle(client: self, id: id, host: job.url.host))
    }

    /// Ends the client; what is under way and what is sent afterwards ends with `TransportError.Code.cancelled`.
    public func shutdown() { loop.stop() }

    /// Checks the request and the addresses that it would go to.
    func job(for request: HTTPRequest) async throws(TransportError) -> TransferJob {
        let started = ContinuousClock.now
        let url = try URLParts(request.url)
        if let problem = request.problem ?? tls.problem {
            throw TransportError(.invalidRequest, host: url.host, reason: problem)
        }
        var job = TransferJob(request: request, url: url, tls: tls)
        if let policy, request.abstractSocket == nil {
            let deadline = min(request.deadlines.connect, request.deadlines.total ?? request.deadlines.connect)
            job.host = try await CheckedHost(url, policy: policy, resolver: resolver, deadline: deadline)
        }
        if let total = request.deadlines.total {
            job.request.deadlines.total = total - started.duration(to: .now)
        }
        return job
    }
}
