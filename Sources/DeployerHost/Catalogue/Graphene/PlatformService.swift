internal import Documents
internal import Secrets
internal import Transport

/// One of the platform's two services: its address, its credentials, and what its answers mean.
struct PlatformService: Sendable {
    /// What messages call it: `the Common Data Service`, `Nexus`.
    let name: String
    private let setting: String
    private let base: URLParts
    private let authorization: HTTPAuthorization
    private let deadlines: HTTPDeadlines
    private let client: HTTPClient

    /// - Parameter setting: the setting that holds the address, for messages to the operator.
    /// - Throws: `misconfigured` if the address can't be used or a credential is missing.
    init(
        name: String,
        setting: String,
        url: String,
        user: String,
        password: SecretBytes,
        deadlines: HTTPDeadlines,
        client: HTTPClient
    ) throws(CatalogueError) {
        self.name = name
        self.setting = setting
        self.deadlines = deadlines
        self.client = client
        do {
            base = try URLParts(url)
        } catch {
            throw Self.misconfigured(name, setting, why: error.reason)
        }
        guard base.query == nil else { throw Self.misconfigured(name, setting, why: "the URL has a query") }
        guard !user.isEmpty, !password.isEmpty else {
            throw Self.misconfigured(name, setting, why: "its user name or password is not set")
        }
        authorization = .basic(user: user, password: password)
    }

    /// The answer to a GET, if its status is 200; nil for 404.
    func get(_ segments: [String], limit: Int) async throws(CatalogueError) -> [UInt8]? {
        let response = try await send("GET", segments, nil, limit: limit)
        switch response.status {
        case 200: return response.body
        case 404: return nil
        case 401, 403:
            let why = "it refuses this deployer's credentials (status \(response.status))"
            throw Self.misconfigured(name, setting, why: why)
        case 300..<400: throw unavailable("it answered with a redirect, which is not followed")
        default: throw unavailable("it answered with status \(response.status)")
        }
    }

    /// The answer to a request that changes something, whatever its status.
    /// - Parameters:
    ///   - method: `POST` or `PUT`.
    ///   - document: what is sent; nil for nothing.
    func write(
        _ method: String,
        _ segments: [String],
        _ document: Document?,
        limit: Int
    ) async throws(CatalogueError) -> HTTPResponse {
        try await send(method, segments, document, limit: limit)
    }

    private func send(
        _ method: String,
        _ segments: [String],
        _ document: Document?,
        limit: Int
    ) async throws(CatalogueError) -> HTTPResponse {
        do {
            let url = try base.appending(segments: segments)
            return try await client.send(
                HTTPRequest(
                    url: url.text,
                    method: method,
                    headers: document == nil ? [:] : ["Content-Type": "application/json"],
                    authorization: authorization,
                    body: document?.json() ?? [],
                    deadlines: deadlines,
                    responseLimit: limit
                )
            )
        } catch {
            throw translated(error, limit: limit)
        }
    }

    private func translated(_ error: TransportError, limit: Int) -> CatalogueError {
        switch error.code {
        case .timeout:
            return CatalogueError(
                .timeout,
                what: "\(title) did not answer in time",
                why: error.reason,
                remedy: "Try again in a few minutes; if that does not help, ask the operator"
            )
        case .tooLarge:
            return .invalid(what: "An answer of \(name) can't be used", why: "it is larger than \(limit) bytes")
        case .cancelled:
            return CatalogueError(
                .cancelled,
                what: "Reading the catalogue was given up",
                why: "the request was cancelled",
                remedy: "Start it again"
            )
        default: return unavailable(error.reason)
        }
    }

    func wrongAddress() -> CatalogueError {
        Self.misconfigured(name, setting, why: "nothing is at the configured address (status 404)")
    }

    private func unavailable(_ why: String) -> CatalogueError {
        CatalogueError(
            .unavailable,
            what: "\(title) can't be used",
            why: why,
            remedy: "Try again in a few minutes; if that does not help, ask the operator"
        )
    }

    private var title: String { name.prefix(1).uppercased() + name.dropFirst() }

    private static func misconfigured(_ name: String, _ setting: String, why: String) -> CatalogueError {
        CatalogueError(
            .misconfigured,
            what: "The deployer can't use \(name)",
            why: why,
            remedy: "The operator should check the setting \(setting) and the user name and password beside it"
        )
    }
}
