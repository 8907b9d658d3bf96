import Synchronization
import TestSupport
import Testing

@testable import Transport

@Suite(.timeLimit(.minutes(1)))
struct PinningTests {
    @Test func `A host that resolves to a permitted address is called there, under its own name`() async throws {
        try await StandIn.serving { _ in
            StandInAnswer("{}")
        } _: { server in
            let client = HTTPClient(policy: try Self.loopback, resolver: Self.answering(["127.0.0.1"]))
            let response = try await client.send(HTTPRequest(url: "http://Cluster.Example:\(server.portNumber)/a"))
            #expect(response.status == 200)
            #expect(server.requests.first?.headers["host"] == "cluster.example:\(server.portNumber)")
        }
    }

    @Test(arguments: [
        ["10.0.0.1"], ["127.0.0.1", "10.0.0.1"], ["127.0.0.1", "::ffff:10.0.0.1"], ["169.254.169.254"],
        ["fd00:ec2::254"],
    ])
    func `One address that is not permitted is enough to refuse`(addresses: [String]) async throws {
        try await StandIn.serving { _ in
            StandInAnswer("{}")
        } _: { server in
            let client = HTTPClient(policy: try Self.loopback, resolver: Self.answering(addresses))
            let error = await expectError(.refusedByPolicy) {
                try await client.send(HTTPRequest(url: "http://cluster.example:\(server.portNumber)/"))
            }
            #expect(error?.host == "cluster.example")
            #expect(server.requests.isEmpty)
        }
    }

    @Test func `A name that changes its address later reaches nothing new`() async throws {
        try await StandIn.serving { _ in
            StandInAnswer("{}")
        } _: { server in
            let calls = Mutex(0)
            let resolver = HostResolver { _ in
                let count = calls.withLock { count in
                    count += 1
                    return count
                }
                return [count == 1 ? "127.0.0.1" : "10.0.0.1"].compactMap { IPAddress($0) }
            }
            let client = HTTPClient(policy: try Self.loopback, resolver: resolver)
            let request = HTTPRequest(url: "http://cluster.example:\(server.portNumber)/")
            _ = try await client.send(request)
            #expect(calls.withLock { $0 } == 1)
            await expectError(.refusedByPolicy) { try await client.send(request) }
            #expect(server.requests.count == 1)
        }
    }

    @Test(arguments: [
        "127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "0x7f000001", "2130706433", "127.1", "169.254.169.254", "10.0.0.1",
        "0.0.0.0", "[::]", "100.64.0.1", "[fc00::1]", "localhost",
    ])
    func `Without permission no form of an inner address is called`(host: String) async throws {
        try await StandIn.serving { _ in
            StandInAnswer("{}")
        } _: { server in
            await expectError(.refusedByPolicy) {
                try await HTTPClient(policy: NetworkPolicy()).send(
                    HTTPRequest(url: "http://\(host):\(server.portNumber)/")
                )
            }
            #expect(server.requests.isEmpty)
        }
    }

    @Test func `An allowed literal address and an allowed name of the system are called`() async throws {
        try await StandIn.serving { _ in
            StandInAnswer("{}")
        } _: { server in
            let policy = NetworkPolicy(allow: try ["127.0.0.0/8", "::1"].map { try #require(AddressRange($0)) })
            for host in ["127.0.0.1", "localhost"] {
                let request = HTTPRequest(url: "http://\(host):\(server.portNumber)/")
                #expect(try await HTTPClient(policy: policy).send(request).status == 200)
            }
        }
    }

    @Test func `A name without an address is unresolvable`() async throws {
        let client = HTTPClient(policy: try Self.loopback, resolver: Self.answering([]))
        await expectError(.unresolvable) { try await client.send(HTTPRequest(url: "http://cluster.example/")) }
    }

    @Test func `A name service that does not answer is waited for no longer than the deadline`() async throws {
        let resolver = HostResolver { _ in
            try? await Task.sleep(for: .seconds(30))
            return []
        }
        let client = HTTPClient(policy: try Self.loopback, resolver: resolver)
        let deadlines = HTTPDeadlines(connect: .milliseconds(100))
        await expectError(.timeout) {
            try await client.send(HTTPRequest(url: "http://cluster.example/", deadlines: deadlines))
        }
    }

    private static var loopback: NetworkPolicy {
        get throws { NetworkPolicy(allow: [try #require(AddressRange("127.0.0.0/8"))]) }
    }

    private static func answering(_ addresses: [String]) -> HostResolver {
        HostResolver { _ in addresses.compactMap { IPAddress($0) } }
    }
}
