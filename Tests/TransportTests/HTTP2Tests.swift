import Foundation
import Secrets
import Testing

@testable import Transport

@Suite(.timeLimit(.minutes(1)))
struct HTTP2Tests {
    @Test func `Requests to one host share one connection`() async throws {
        try await HTTP2Server.serving { server in
            let client = HTTPClient(tls: server.tls)
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<30 {
                    group.addTask { try await client.send(HTTPRequest(url: server.url + "/small")).status }
                }
                for try await status in group { #expect(status == 200) }
            }
            #expect(try server.connections == 1)
            #expect(try Set(server.received(":authority")) == [String(server.url.dropFirst("https://".count))])
        }
    }

    @Test func `A request with a connection of its own shares none`() async throws {
        try await HTTP2Server.serving { server in
            let client = HTTPClient(tls: server.tls)
            var request = HTTPRequest(url: server.url + "/small")
            request.usesOwnConnection = true
            for _ in 0..<3 { _ = try await client.send(request) }
            #expect(try server.connections == 3)
        }
    }

    @Test(arguments: [true, false])
    func `Trailers come after the body, apart from the header`(isStream: Bool) async throws {
        let client = HTTPClient()
        let socket = try LocalSocket(client: client)
        var request = HTTPRequest(url: "http://pod.invalid/call", method: "POST", body: [1])
        request.version = .http2PriorKnowledge
        request.usesOwnConnection = true
        request.abstractSocket = socket.name
        let server = Task {
            try await HTTP2Answer.send(over: socket, body: Array("hi".utf8), trailer: ("grpc-status", "7"))
        }
        if isStream {
            let stream = try await client.stream(request)
            var body: [UInt8] = []
            while let bytes = try await stream.next() { body += bytes }
            #expect(stream.status == 200 && stream.trailers["grpc-status"] == "7")
            #expect(body == Array("hi".utf8) && stream.headers["grpc-status"] == nil)
        } else {
            let response = try await client.send(request)
            #expect(response.trailers["Grpc-Status"] == "7" && response.headers["grpc-status"] == nil)
            #expect(response.body == Array("hi".utf8))
        }
        try await server.value
    }

    @Test func `HTTP/2 without TLS is spoken where it is known beforehand`() async throws {
        try await HTTP2Server.serving(isEncrypted: false) { server in
            let client = HTTPClient()
            var request = HTTPRequest(url: server.url + "/small", method: "POST")
            request.version = .http2PriorKnowledge
            request.usesOwnConnection = true
            request.secretBody = SecretBytes("a secret")
            for _ in 0..<3 {
                let response = try await client.send(request)
                #expect(response.status == 200 && response.body == Array("a secret".utf8))
            }
            #expect(try server.connections == 3)
        }
    }

    @Test func `A stream that nobody reads holds up nothing else`() async throws {
        try await HTTP2Server.serving { server in
            let client = HTTPClient(tls: server.tls)
            let request = HTTPRequest(url: server.url + "/large", deadlines: HTTPDeadlines(total: nil))
            let stream = try await client.stream(request)
            var count = try await stream.next()?.count ?? 0
            for _ in 0..<20 {
                #expect(try await client.send(HTTPRequest(url: server.url + "/small")).status == 200)
                try await Task.sleep(for: .milliseconds(20))
            }
            while let bytes = try await stream.next() { count += bytes.count }
            #expect(count == HTTP2Server.largeSize)
        }
    }

    @Test func `A stream slows the server down while nobody reads`() async throws {
        try await HTTP2Server.serving { server in
            let client = HTTPClient(tls: server.tls)
            let request = HTTPRequest(url: server.url + "/large", deadlines: HTTPDeadlines(total: nil))
            let stream = try await client.stream(request)
            var sent = -1
            while try server.sentBytes != sent {
                sent = try server.sentBytes
                try await Task.sleep(for: .milliseconds(300))
            }
            // What the buffers of the system's sockets hold, on both sides.
            #expect(sent < 24 << 20)
            var count = 0
            while let bytes = try await stream.next() { count += bytes.count }
            #expect(count == HTTP2Server.largeSize)
        }
    }

    @Test func `A stream may share the connection of the other requests`() async throws {
        try await HTTP2Server.serving { server in
            let client = HTTPClient(tls: server.tls)
            _ = try await client.send(HTTPRequest(url: server.url + "/small"))
            for _ in 0..<5 {
                let stream = try await client.stream(HTTPRequest(url: server.url + "/small"), sharesConnection: true)
                while try await stream.next() != nil {}
            }
            #expect(try server.connections == 1)
        }
    }

    @Test func `A shared stream that nobody reads ends before it fills the memory`() async throws {
        try await HTTP2Server.serving { server in
            let client = HTTPClient(tls: server.tls)
            let request = HTTPRequest(url: server.url + "/large", deadlines: HTTPDeadlines(total: nil))
            let stream = try await client.stream(request, sharesConnection: true)
            // 64 MiB would be sent, and half of that may wait.
            var sent = -1
            while try sent < 32 << 20 || server.sentBytes != sent {
                sent = try server.sentBytes
                try await Task.sleep(for: .milliseconds(300))
            }
            #expect(sent < HTTP2Server.largeSize)
            let failure = await failure { while try await stream.next() != nil {} }
            #expect(failure?.code == .tooLarge)
            #expect(try await client.send(HTTPRequest(url: server.url + "/small")).status == 200)
        }
    }
}
