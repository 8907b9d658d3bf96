import Foundation
import Secrets
import Testing
import Transport

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
        try await HTTP2Server.serving(["--trailer", "grpc-status: 7"]) { server in
            let client = HTTPClient(tls: server.tls)
            // Echoed without a length, as calls of gRPC are answered.
            let request = HTTPRequest(url: server.url, method: "POST", body: Array("small".utf8))
            if isStream {
                let stream = try await client.stream(request)
                var body: [UInt8] = []
                while let bytes = try await stream.next() { body += bytes }
                #expect(stream.status == 200 && stream.trailers["grpc-status"] == "7")
                #expect(body == Array("small".utf8) && stream.headers["grpc-status"] == nil)
            } else {
                let response = try await client.send(request)
                #expect(response.trailers["Grpc-Status"] == "7" && response.headers["grpc-status"] == nil)
                #expect(response.body == Array("small".utf8))
            }
        }
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
            let before = Self.residentBytes
            let request = HTTPRequest(url: server.url + "/large", deadlines: HTTPDeadlines(total: nil))
            let streams = [try await client.stream(request), try await client.stream(request)]
            try await Task.sleep(for: .seconds(1))
            #expect(Self.residentBytes - before < 40 << 20)
            for stream in streams {
                var count = 0
                while let bytes = try await stream.next() { count += bytes.count }
                #expect(count == HTTP2Server.largeSize)
            }
        }
    }

    private static var residentBytes: Int {
        let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
        return (text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 4_096
    }
}
