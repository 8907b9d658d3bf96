import Documents
import Secrets
import Transport

/// The API of a running host, called in the name of one user.
struct HostService: Sendable {
    private let base: URLParts
    private let authorization: HTTPAuthorization
    private let client: HTTPClient

    /// The person at the machine chose the server, so that it may be at any address.
    /// - Parameter base: the address of the host, with its path prefix.
    init(base: URLParts, token: SecretBytes, tls: TLSSettings) {
        self.base = base
        authorization = .bearer(token)
        client = HTTPClient(tls: tls, maximumInFlight: 4)
    }

    /// One call: `GET /api/v1/{path}?{query}`.
    struct Call: Sendable {
        var method = "GET"
        /// Segments below `/api/v1`.
        var path: [String]
        /// Items with empty values are left out.
        var query: [(name: String, value: String)] = []
        /// May hold secrets.
        var body: Document?
        var accept = "application/json"
        var headers: [(name: String, value: String)] = []
    }

    /// The JSON of an answer with status 2xx.
    /// - Throws: `HostFailure`.
    func document(_ call: Call) async throws -> Document {
        let response = try await send(call)
        do {
            return try Document(json: response.body, limits: .cluster)
        } catch {
            throw HostFailure.unreadable(error.description)
        }
    }

    /// The JSON of an answer to a GET with status 2xx.
    func document(_ path: String...) async throws -> Document { try await document(Call(path: path)) }

    /// Opens an answer that is read as it comes.
    /// - Parameter idle: how long it may stay silent; nil for any time.
    /// - Throws: `HostFailure`, also for each status but 2xx.
    func stream(_ call: Call, idle: Duration?) async throws -> HTTPStream {
        var request = try request(call)
        request.deadlines = HTTPDeadlines(total: nil, idle: idle)
        let stream: HTTPStream
        do {
            stream = try await client.stream(request)
        } catch {
            throw try translated(error)
        }
        guard !(200..<300).contains(stream.status) else { return stream }
        var body: [UInt8] = []
        while body.count < request.responseLimit, let bytes = try? await stream.next() { body += bytes }
        throw HostFailure(status: stream.status, headers: stream.headers, body: body)
    }

    /// The next bytes of a stream; nil at its end.
    /// - Throws: `HostFailure`, and `CancellationError`.
    func next(of stream: HTTPStream) async throws -> [UInt8]? {
        do {
            return try await stream.next()
        } catch {
            throw try translated(error)
        }
    }

    private func send(_ call: Call) async throws -> HTTPResponse {
        let request = try request(call)
        let response: HTTPResponse
        do {
            response = try await client.send(request)
        } catch {
            throw try translated(error)
        }
        guard (200..<300).contains(response.status) else {
            throw HostFailure(status: response.status, headers: response.headers, body: response.body)
        }
        return response
    }

    private func request(_ call: Call) throws -> HTTPRequest {
        let url: String
        do {
            url = try base.appending(segments: ["api", "v1"] + call.path).text
        } catch {
            throw try translated(error)
        }
        let items = call.query.filter { !$0.value.isEmpty }
            .map { URLParts.percentEncoded($0.name) + "=" + URLParts.percentEncoded($0.value) }
        let query = items.isEmpty ? "" : "?" + items.joined(separator: "&")
        var request = HTTPRequest(url: url + query, method: call.method, authorization: authorization)
        request.headers["Accept"] = call.accept
        for header in call.headers { request.headers[header.name] = header.value }
        if let body = call.body {
            request.headers["Content-Type"] = "application/json"
            request.secretBody = SecretBytes(body.json())
        }
        request.deadlines = HTTPDeadlines(total: .seconds(60))
        request.responseLimit = DocumentLimits.cluster.bytes
        return request
    }

    /// What became of a transfer that broke.
    /// - Throws: `CancellationError` where it was cancelled.
    private func translated(_ error: TransportError) throws -> HostFailure {
        if error.code == .cancelled, Task.isCancelled { throw CancellationError() }
        return HostFailure(error, server: base.text)
    }
}
