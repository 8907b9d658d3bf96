internal import Secrets
internal import TargetContract
internal import Transport

/// Somebody who is known to a cloud, with the token that is good for now. It is kept in memory only.
actor CloudSession {
    nonisolated let cloud: Cloud
    /// Whether the credential is the administrator's.
    nonisolated let isConfigured: Bool
    private let credential: CloudCredential
    private let client: ServiceClient
    private var token: (value: KeystoneToken, number: Int)?
    private var issued = 0
    /// The request for a token that is under way: whoever needs one meanwhile gets the same.
    private var signing: Task<(value: KeystoneToken, number: Int), any Error>?

    /// The most that an answer may hold; a catalogue of a large cloud has some ten thousand bytes.
    private static let responseLimit = 2 << 20

    init(_ cloud: Cloud, credential: CloudCredential, isConfigured: Bool, client: ServiceClient) {
        self.cloud = cloud
        self.credential = credential
        self.isConfigured = isConfigured
        self.client = client
    }

    /// Sends a request with the token; once more with a fresh one where that is not accepted.
    /// - Parameter request: is made for the catalogue that came with the token.
    /// - Throws: `TargetError` or `CancellationError`.
    func send(
        _ subject: CloudCall.Subject,
        _ request: @Sendable (ServiceCatalog) throws(TargetError) -> HTTPRequest
    ) async throws -> HTTPResponse {
        let call = call(subject)
        var held = try await usableToken()
        for isSecond in [false, true] {
            var request = try request(held.value.catalog)
            request.authorization = .header("X-Auth-Token", held.value.secret)
            let response = try await answer(to: request, call)
            if (200..<300).contains(response.status) { return response }
            guard response.status == 401, !isSecond else { throw call.error(fault(response, held.value.secret)) }
            if token?.number == held.number { token = nil }
            held = try await usableToken()
        }
        throw call.misunderstood("Magnum")
    }

    /// Gets a token if there is none, so that calls side by side find one.
    /// - Throws: `TargetError` or `CancellationError`.
    func signIn() async throws { _ = try await usableToken() }

    /// Where the services are.
    /// - Throws: `TargetError` or `CancellationError`.
    func catalog() async throws -> ServiceCatalog { try await usableToken().value.catalog }

    nonisolated func call(_ subject: CloudCall.Subject) -> CloudCall {
        CloudCall(subject: subject, cloud: cloud.name, isConfigured: isConfigured)
    }

    private func usableToken() async throws -> (value: KeystoneToken, number: Int) {
        if let token, token.value.isUsable(at: .now) { return token }
        if let signing { return try await value(of: signing) }
        let task = Task {
            defer { signing = nil }
            let value = try await freshToken()
            issued += 1
            let fresh = (value: value, number: issued)
            token = fresh
            return fresh
        }
        signing = task
        return try await value(of: task)
    }

    /// `POST /v3/auth/tokens`
    private func freshToken() async throws -> KeystoneToken {
        let call = call(.signIn)
        var request: HTTPRequest
        do throws(TransportError) {
            request = HTTPRequest(url: try cloud.authURL.appending(segments: ["auth", "tokens"]).text, method: "POST")
        } catch {
            throw call.error(error)
        }
        request.headers = ["Content-Type": "application/json", "Accept": "application/json"]
        request.secretBody = credential.request
        let response = try await answer(to: request, call)
        guard (200..<300).contains(response.status) else { throw call.error(fault(response)) }
        guard let token = KeystoneToken(response) else { throw call.misunderstood("Keystone") }
        return token
    }

    /// What an answer says; nothing of it that repeats what was sent in confidence.
    private func fault(_ response: HTTPResponse, _ token: SecretBytes? = nil) -> CloudFault {
        CloudFault(response, hiding: [credential.secret] + (token.map { [$0] } ?? []))
    }

    private func answer(to request: HTTPRequest, _ call: CloudCall) async throws -> HTTPResponse {
        var request = request
        request.responseLimit = Self.responseLimit
        do throws(TransportError) {
            return try await client.send(request)
        } catch {
            if error.code == .cancelled { throw CancellationError() }
            throw call.error(error)
        }
    }
}

/// The value of a task that others wait for, too. Who is cancelled waits for it no longer; the task goes on.
/// - Throws: what the task throws; `CancellationError`.
private func value<Value: Sendable>(of task: Task<Value, any Error>) async throws -> Value {
    let (values, continuation) = AsyncThrowingStream.makeStream(of: Value.self)
    Task {
        do {
            continuation.yield(try await task.value)
            continuation.finish()
        } catch {
            continuation.finish(throwing: error)
        }
    }
    for try await value in values { return value }
    throw CancellationError()
}
