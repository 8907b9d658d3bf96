import Documents
import Kubernetes
import Synchronization
import TargetContract
import TestSupport
import Testing
import Transport

@testable import Creodias

/// A lease that somebody else holds, as an API server tells it.
@Suite(.timeLimit(.minutes(1)))
struct NamespaceLeaseTests {
    /// Takes the lease from a server that has one of another holder, renewed at a time, for as many seconds.
    private static func take(renewed: String, seconds: String) async throws -> [String] {
        let lease = """
            {"kind":"Lease","metadata":{"name":"graphene-deployer","resourceVersion":"7"},"spec":{"holderIdentity":"other",
             "renewTime":"\(renewed)","leaseDurationSeconds":\(seconds)}}
            """
        let result = Once()
        try await StandIn.serving { request in
            switch request.method {
            case "POST":
                StandInAnswer(status: 409, #"{"kind":"Status","code":409,"reason":"AlreadyExists","message":"there"}"#)
            default: StandInAnswer(lease)
            }
        } _: { server in
            let client = try KubernetesClient(
                server: server.url, access: ClusterAccess(ClusterAccess.Credentials(http: HTTPClient())))
            do {
                let lease = try await NamespaceLease.take(client, namespace: "demo") { _ in }
                result.set(server.requests.map(\.method))
                await lease.release()
            } catch let error as TargetError where error.code == .busy {
                result.set(["busy"])
            }
        }
        return result.value
    }

    @Test(arguments: ["9223372036854775807", "3600", "60", "1e400"])
    func `A lease that is renewed is respected, whatever it says of its length`(seconds: String) async throws {
        let said = try await Self.take(renewed: "\(Timestamp.now.micro)", seconds: seconds)
        #expect(said == ["busy"])
    }

    @Test(arguments: ["9223372036854775807", "-9223372036854775808", "0", "60"])
    func `A lease that nobody has renewed for long is taken over`(seconds: String) async throws {
        let said = try await Self.take(renewed: "2026-01-01T00:00:00.000000Z", seconds: seconds)
        #expect(said == ["POST", "GET", "PUT"])
    }
}

private final class Once: Sendable {
    private let words = Mutex<[String]>([])

    var value: [String] { words.withLock(\.self) }

    func set(_ words: [String]) { self.words.withLock { $0 = words } }
}
