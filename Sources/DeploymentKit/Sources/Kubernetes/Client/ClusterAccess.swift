internal import Glibc
internal import Synchronization
public import Transport

/// Connections to one cluster with the credentials they are made with, which can be exchanged for fresh ones while
/// work goes on: shortly before they end, and where the cluster does not know them any more.
public final class ClusterAccess: Sendable {
    /// Connections, and how their user is known to the cluster.
    public struct Credentials: Sendable {
        /// A client with the cluster's certificates and the network policy, for this cluster only.
        public var http: HTTPClient
        /// For users with a token.
        public var authorization: HTTPAuthorization?
        /// When they end, in seconds since 1970; nil where that is not known.
        public var expires: Int64?

        /// Takes over the parts as they are.
        public init(http: HTTPClient, authorization: HTTPAuthorization? = nil, expires: Int64? = nil) {
            self.http = http
            self.authorization = authorization
            self.expires = expires
        }
    }

    /// Credentials with their number: each exchange makes the next one.
    struct Issue: Sendable {
        let credentials: Credentials
        var number = 0
        /// Whether the cluster has taken them once. What it refuses from the start is not exchanged.
        var isAccepted = false
        /// From when on they are exchanged, in seconds since 1970: a minute before their end, or where they live for
        /// less than four, in their last quarter.
        let exchange: Int64?

        init(credentials: Credentials, number: Int = 0) {
            self.credentials = credentials
            self.number = number
            exchange = credentials.expires.map { $0 - max(0, min(60, ($0 - ClusterAccess.now) / 4)) }
        }
    }

    /// What became of an exchange.
    enum Renewal: Sendable {
        case done
        /// There is nothing to exchange them for, or these ones were never accepted.
        case impossible
        /// Who waited for it was cancelled.
        case cancelled
        case failed(String)
    }

    private struct State {
        var issue: Issue
        var renewal: Task<Renewal, Never>?
        var isShutDown = false
    }

    private let state: Mutex<State>
    private let renew: (@Sendable () async throws -> Credentials)?

    /// - Parameter renew: makes fresh credentials; nil where there are no others.
    public init(_ credentials: Credentials, renew: (@Sendable () async throws -> Credentials)? = nil) {
        state = Mutex(State(issue: Issue(credentials: credentials)))
        self.renew = renew
    }

    /// The present credentials; fresh ones where those end.
    public func credentials() async -> Credentials { await issue().credentials }

    /// Ends all connections, and an exchange that is under way.
    public func shutdown() {
        let (http, renewal) = state.withLock { state in
            state.isShutDown = true
            return (state.issue.credentials.http, state.renewal)
        }
        renewal?.cancel()
        http.shutdown()
    }

    func issue() async -> Issue {
        let issue = state.withLock(\.issue)
        guard let exchange = issue.exchange, exchange < Self.now else { return issue }
        // Without fresh ones the cluster decides on these.
        _ = await renewed(after: issue, isEnding: true)
        return state.withLock(\.issue)
    }

    /// Notes that the cluster knows these credentials.
    func accept(_ issue: Issue) {
        state.withLock { state in
            if state.issue.number == issue.number { state.issue.isAccepted = true }
        }
    }

    /// Exchanges credentials that the cluster does not know any more; once for all who find that out at once. Who is
    /// cancelled meanwhile waits no longer.
    /// - Parameter isEnding: whether they end by themselves; then it does not matter if they were accepted.
    func renewed(after issue: Issue, isEnding: Bool = false) async -> Renewal {
        guard let renew else { return .impossible }
        let task = state.withLock { state -> Task<Renewal, Never>? in
            guard state.issue.number == issue.number else { return Task { .done } }
            guard !state.isShutDown, state.issue.isAccepted || isEnding else { return nil }
            if let renewal = state.renewal { return renewal }
            let renewal = Task { await self.exchange(renew) }
            state.renewal = renewal
            return renewal
        }
        guard let task else { return .impossible }
        let (values, continuation) = AsyncStream.makeStream(of: Renewal.self)
        Task {
            continuation.yield(await task.value)
            continuation.finish()
        }
        for await value in values { return value }
        return .cancelled
    }

    private static var now: Int64 { Int64(time(nil)) }

    private func exchange(_ renew: @Sendable () async throws -> Credentials) async -> Renewal {
        let result: Result<Credentials, any Error>
        do { result = .success(try await renew()) } catch { result = .failure(error) }
        return state.withLock { state in
            state.renewal = nil
            switch result {
            case .failure(let error): return .failed("\(error)")
            case .success(let fresh):
                // The earlier client goes with its last request.
                state.issue = Issue(credentials: fresh, number: state.issue.number + 1)
                if state.isShutDown { fresh.http.shutdown() }
                return .done
            }
        }
    }
}
