import Kubernetes
import Secrets
import Synchronization
import TestSupport
import Testing
import Transport

/// Credentials that are exchanged while work goes on. The stand-in knows some tokens, and no others.
@Suite(.timeLimit(.minutes(1)))
struct ClusterAccessTests {
    private static func credentials(_ token: String, expires: Int64? = nil) -> ClusterAccess.Credentials {
        .init(http: HTTPClient(), authorization: .bearer(SecretBytes(token)), expires: expires)
    }

    /// A cluster that knows a token until it was used so often.
    private static func serving(
        _ uses: [String: Int],
        _ body: @escaping @Sendable (StandIn) async throws -> Void
    ) async throws {
        let left = Mutex(uses)
        try await StandIn.serving { request in
            let token = request.headers["authorization"]?.split(separator: " ").last.map(String.init) ?? ""
            let isKnown = left.withLock { left in
                guard let count = left[token], count > 0 else { return false }
                left[token] = count - 1
                return true
            }
            guard isKnown else { return StandInAnswer(status: 401, #"{"kind":"Status","code":401}"#) }
            return StandInAnswer(#"{"kind":"Pod","items":[],"metadata":{}}"#)
        } _: { server in
            try await body(server)
        }
    }

    @Test func `Credentials that are not known any more are exchanged once, and the call is made again`() async throws {
        try await Self.serving(["first": 1, "second": 9]) { server in
            let made = Mutex(0)
            let access = ClusterAccess(Self.credentials("first")) {
                made.withLock { $0 += 1 }
                return Self.credentials("second")
            }
            let client = try KubernetesClient(server: server.url, access: access)
            for _ in 0..<3 { _ = try await client.list(.pod, namespace: "a") }
            #expect(made.withLock(\.self) == 1)
        }
    }

    @Test func `Credentials that were never accepted are not exchanged`() async throws {
        try await Self.serving(["second": 9]) { server in
            let access = ClusterAccess(Self.credentials("first")) { Self.credentials("second") }
            let client = try KubernetesClient(server: server.url, access: access)
            let error = await #expect(throws: KubernetesError.self) { try await client.list(.pod, namespace: "a") }
            #expect(error?.code == .unauthorized && server.requests.count == 1)
        }
    }

    @Test func `Fresh credentials that are refused, too, end the matter`() async throws {
        try await Self.serving(["first": 1]) { server in
            let access = ClusterAccess(Self.credentials("first")) { Self.credentials("second") }
            let client = try KubernetesClient(server: server.url, access: access)
            _ = try await client.list(.pod, namespace: "a")
            let error = await #expect(throws: KubernetesError.self) { try await client.list(.pod, namespace: "a") }
            #expect(error?.code == .unauthorized && server.requests.count == 3)
            await #expect(throws: KubernetesError.self) { try await client.list(.pod, namespace: "a") }
            #expect(server.requests.count == 4)
        }
    }

    @Test func `Credentials are exchanged before they end`() async throws {
        try await Self.serving(["second": 9]) { server in
            let access = ClusterAccess(Self.credentials("first", expires: 1)) { Self.credentials("second") }
            let client = try KubernetesClient(server: server.url, access: access)
            _ = try await client.list(.pod, namespace: "a")
            #expect(server.requests.count == 1)
        }
    }

    @Test func `Why there are no fresh credentials is told`() async throws {
        struct Reason: Error, CustomStringConvertible { let description = "the cloud is closed" }
        try await Self.serving(["first": 1]) { server in
            let access = ClusterAccess(Self.credentials("first")) { throw Reason() }
            let client = try KubernetesClient(server: server.url, access: access)
            _ = try await client.list(.pod, namespace: "a")
            let error = await #expect(throws: KubernetesError.self) { try await client.list(.pod, namespace: "a") }
            #expect(error?.code == .unauthorized && error?.message.contains("the cloud is closed") == true)
        }
    }

    @Test func `Who is cancelled waits for no fresh credentials, and who shuts down makes none`() async throws {
        try await Self.serving(["first": 1]) { server in
            let (steps, continuation) = AsyncStream.makeStream(of: String.self)
            var signs = steps.makeAsyncIterator()
            let access = ClusterAccess(Self.credentials("first")) {
                continuation.yield("begun")
                do { try await Task.sleep(for: .seconds(600)) } catch { continuation.yield("ended") }
                return Self.credentials("second")
            }
            let client = try KubernetesClient(server: server.url, access: access)
            _ = try await client.list(.pod, namespace: "a")
            let call = Task {
                do throws(KubernetesError) {
                    _ = try await client.list(.pod, namespace: "a")
                    return KubernetesError.Code.conflict
                } catch {
                    return error.code
                }
            }
            #expect(await signs.next() == "begun")
            call.cancel()
            #expect(await call.value == .cancelled)
            access.shutdown()
            #expect(await signs.next() == "ended")
        }
    }
}
