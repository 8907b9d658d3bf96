import Secrets
import TestSupport
import Testing

@testable import Kubernetes
@testable import Transport

@Suite(.timeLimit(.minutes(1)))
struct PortForwardTests {
    @Test(arguments: [0, 1, 300_000])
    func `A request reaches the pod and its answer comes back`(size: Int) async throws {
        try await StandInAPIServer.serving { server in
            let client = HTTPClient(tls: server.tls)
            let forward = try await Self.open(client, server, pod: "web")
            var request = HTTPRequest(url: "http://pod.invalid/", method: "POST")
            request.body = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 7) }
            request.abstractSocket = forward.socketName
            request.usesOwnConnection = true
            let response = try await client.send(request)
            let expected = Array(SHA256(hashing: request.body).hex.utf8) + request.body
            #expect(response.status == 200 && response.body == expected)
            #expect(forward.failure == nil)
            // One forward carries one connection.
            #expect(await Self.fails { _ = try await client.send(request) })
        }
    }

    @Test func `Fragments and pings between them change nothing`() async throws {
        try await StandInAPIServer.serving { server in
            let client = HTTPClient(tls: server.tls)
            let url = try URLParts(server.url + "/api/v1/namespaces/n/pods/echo/portforward?ports=8061")
            let socket = try await WebSocketConnection.open(
                client: client,
                url: url,
                authorization: Self.token,
                deadline: .seconds(10)
            )
            var channels = PortForwardChannels()
            for word in ["hello", "a", String(repeating: "x", count: 70_000)] {
                let message = PortForwardChannels.message(of: Array(word.utf8))
                try await socket.send(WebSocketFrame(opcode: .binary, payload: message))
                var event: PortForwardChannels.Event?
                while event == nil, let message = try await socket.next() { event = try channels.take(message) }
                #expect(event == .data(Array(word.utf8)))
            }
        }
    }

    @Test(arguments: [
        ("forbidden", PortForwardError.Code.refused, 403, "forbidden: cannot get"),
        ("missing", .refused, 404, "not found"),
        ("page", .refused, 502, "no reason"), ("old", .subprotocol, 0, "v4.channel.k8s.io"),
        ("liar", .broken, 0, "not valid"), ("silent", .timeout, 0, "deadline"),
    ])
    func `A refusal says what is wrong`(pod: String, code: PortForwardError.Code, status: Int, text: String)
        async throws
    {
        try await StandInAPIServer.serving { server in
            let client = HTTPClient(tls: server.tls)
            let deadline: Duration = pod == "silent" ? .milliseconds(700) : .seconds(20)
            let error = await Self.error { _ = try await Self.open(client, server, pod: pod, deadline: deadline) }
            #expect(error?.code == code && error?.status ?? 0 == status)
            #expect(error?.description.contains(text) == true && error?.description.contains("hunter") == false)
            #expect(error?.description.contains("pods/portforward") == (pod == "forbidden"))
        }
    }

    @Test func `The connection obeys the client's settings`() async throws {
        try await StandInAPIServer.serving { server in
            let strict = HTTPClient(policy: NetworkPolicy(), tls: server.tls)
            #expect(await Self.error { _ = try await Self.open(strict, server, pod: "web") }?.code == .unreachable)
            let stranger = HTTPClient()
            #expect(await Self.error { _ = try await Self.open(stranger, server, pod: "web") }?.code == .unreachable)
            let client = HTTPClient(tls: server.tls)
            let error = await Self.error {
                _ = try await PortForward.open(
                    client: client,
                    server: server.url,
                    authorization: nil,
                    namespace: "n",
                    pod: "web",
                    port: 1
                )
            }
            #expect(error?.status == 401)
        }
    }

    @Test func `A cluster that does not know the credentials any more gets fresh ones, once`() async throws {
        try await StandInAPIServer.serving { server in
            let credentials = { @Sendable (token: String) in
                ClusterAccess.Credentials(
                    http: HTTPClient(tls: server.tls),
                    authorization: .bearer(SecretBytes(token))
                )
            }
            for (fresh, status) in [("token", nil), ("unknown", 401)] {
                let access = ClusterAccess(credentials("passing-\(fresh)")) { credentials(fresh) }
                let client = try KubernetesClient(server: server.url, access: access)
                _ = try await client.forward(namespace: "graphene", pod: "web", port: 8_061)
                let error = await Self.error {
                    _ = try await client.forward(namespace: "graphene", pod: "web", port: 8_061)
                }
                #expect(error?.status == status)
            }
        }
    }

    @Test func `What the node says about the port ends the forward and is told`() async throws {
        try await StandInAPIServer.serving { server in
            let client = HTTPClient(tls: server.tls)
            let forward = try await Self.open(client, server, pod: "deaf")
            var request = HTTPRequest(url: "http://pod.invalid/")
            request.abstractSocket = forward.socketName
            let sent = request
            #expect(await Self.fails { _ = try await client.send(sent) })
            #expect(forward.failure == "an error: connection refused")
        }
    }

    @Test(arguments: [("web", true), ("deaf", false), ("leaving", true)])
    func `A probe tells whether something accepts`(pod: String, isAccepting: Bool) async throws {
        try await StandInAPIServer.serving { server in
            let answer = try await PortForward.probe(
                client: HTTPClient(tls: server.tls),
                server: server.url,
                authorization: Self.token,
                namespace: "graphene",
                pod: pod,
                port: 8_061
            )
            #expect(answer == isAccepting)
        }
    }

    @Test(arguments: [true, false])
    func `A closed forward accepts nothing`(isClosed: Bool) async throws {
        try await StandInAPIServer.serving { server in
            let client = HTTPClient(tls: server.tls)
            var forward: PortForward? = try await Self.open(client, server, pod: "web")
            var request = HTTPRequest(url: "http://pod.invalid/")
            request.abstractSocket = forward?.socketName
            let sent = request
            if isClosed { forward?.close() } else { forward = nil }
            #expect(await Self.fails { _ = try await client.send(sent) })
        }
    }

    private static var token: HTTPAuthorization { .bearer(SecretBytes("token")) }

    private static func open(
        _ client: HTTPClient,
        _ server: StandInAPIServer,
        pod: String,
        deadline: Duration = .seconds(20)
    ) async throws -> PortForward {
        try await PortForward.open(
            client: client,
            server: server.url,
            authorization: token,
            namespace: "graphene",
            pod: pod,
            port: 8_061,
            deadline: deadline
        )
    }

    private static func error(_ call: () async throws -> Void) async -> PortForwardError? {
        do {
            try await call()
            return nil
        } catch {
            return error as? PortForwardError
        }
    }

    private static func fails(_ call: () async throws -> Void) async -> Bool {
        do {
            try await call()
            return false
        } catch {
            return true
        }
    }
}
