import TestSupport
import Testing

@testable import Transport

@Suite(.timeLimit(.minutes(1)))
struct RawConnectionTests {
    @Test func `Bytes go both ways over TLS until the connection is closed`() async throws {
        try await Repository.withFolder { folder in
            let authority = try TestAuthority(in: folder)
            // The server sends back each line in reverse.
            try await TLSServer.serving(authority, isReversing: true) { port in
                let client = HTTPClient(tls: try authority.tls())
                let connection = try await client.connect(to: "https://127.0.0.1:\(port)/")
                for word in ["abc", "defg"] {
                    try await connection.send(Array("\(word)\n".utf8))
                    let expected = Array(String(word.reversed()).utf8) + [10]
                    var answer: [UInt8] = []
                    while answer.count < expected.count, let bytes = try await connection.receive() { answer += bytes }
                    #expect(answer == expected)
                }
                connection.close()
                #expect(await failure { _ = try await connection.receive() }?.code == .cancelled)
                #expect(await failure { try await connection.send([1]) } != nil)
            }
        }
    }

    @Test func `The policy and the certificate hold for bare connections too`() async throws {
        try await Repository.withFolder { folder in
            let authority = try TestAuthority(in: folder)
            try await TLSServer.serving(authority) { port in
                let url = "https://127.0.0.1:\(port)/"
                let strict = HTTPClient(policy: NetworkPolicy())
                #expect(await failure { _ = try await strict.connect(to: url) }?.code == .refusedByPolicy)
                #expect(await failure { _ = try await HTTPClient().connect(to: url) }?.code == .tls)
            }
        }
    }

    @Test func `A request goes over an abstract socket of this process, which takes one connection`() async throws {
        let client = HTTPClient(policy: NetworkPolicy())
        let socket = try LocalSocket(client: client)
        var request = HTTPRequest(url: "http://pod.invalid/a", method: "POST")
        request.abstractSocket = socket.name
        request.usesOwnConnection = true
        let sent = request
        async let response = client.send(sent)
        let connection = try await socket.accept()
        var text = ""
        while !text.hasSuffix("\r\n\r\n"), let bytes = try await connection.receive() {
            text += String(decoding: bytes, as: UTF8.self)
        }
        #expect(text.hasPrefix("POST /a HTTP/1.1\r\n"))
        let answer = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nx-after: yes\r\n\r\n"
        try await connection.send(Array(answer.utf8))
        let received = try await response
        #expect(received.body == Array("hi".utf8) && received.trailers["x-after"] == "yes")
        await expectError(.unreachable) { try await client.send(sent) }
    }

    @Test func `Large amounts go through a connection on which both sides are slow`() async throws {
        let client = HTTPClient()
        let socket = try LocalSocket(client: client)
        var request = HTTPRequest(url: "http://pod.invalid/")
        request.abstractSocket = socket.name
        let sent = request
        let stream = Task { try await client.stream(sent) }
        let connection = try await socket.accept()
        _ = try await connection.receive()
        let size = 8 << 20
        let writer = Task {
            try await connection.send(Array("HTTP/1.1 200 OK\r\ncontent-length: \(size)\r\n\r\n".utf8))
            for number in 0..<8 { try await connection.send([UInt8](repeating: UInt8(number), count: size / 8)) }
        }
        let answer = try await stream.value
        try await Task.sleep(for: .milliseconds(200))
        var counts = [Int](repeating: 0, count: 8)
        while let bytes = try await answer.next() { for byte in bytes { counts[Int(byte)] += 1 } }
        #expect(counts == [Int](repeating: size / 8, count: 8))
        try await writer.value
    }
}
