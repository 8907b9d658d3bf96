import Glibc
import TestSupport
import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct DeadlineTests {
    @Test func `The total deadline ends a request whose answer does not come`() async throws {
        try await StandIn.serving { _ in
            .slow(.seconds(30))
        } _: { server in
            let deadlines = HTTPDeadlines(total: .milliseconds(300))
            let time = await ContinuousClock().measure {
                await expectError(.timeout) {
                    try await HTTPClient().send(HTTPRequest(url: server.url, deadlines: deadlines))
                }
            }
            #expect(time < .seconds(20))
        }
    }

    @Test func `A deadline that passes before there is a connection is told from one that passes after`() async throws {
        // Takes connections, and never says a word: TLS does not get anywhere.
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(listener) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(listener, pointer, length) == 0 && listen(listener, 8) == 0
                    && getsockname(listener, pointer, &length) == 0
            }
        }
        try #require(isListening)
        let url = "https://127.0.0.1:\(UInt16(bigEndian: address.sin_port))/"
        let deadlines = HTTPDeadlines(total: .milliseconds(300))
        let unsent = await expectError(.timeout) {
            try await HTTPClient().send(HTTPRequest(url: url, deadlines: deadlines))
        }
        #expect(unsent?.isBeforeSending == true)
        try await StandIn.serving { _ in
            .slow(.seconds(30))
        } _: { server in
            // Long enough for a server that other tests keep waiting.
            let deadlines = HTTPDeadlines(total: .seconds(3))
            let sent = await expectError(.timeout) {
                try await HTTPClient().send(HTTPRequest(url: server.url, deadlines: deadlines))
            }
            #expect(sent?.isBeforeSending == false)
        }
    }

    @Test func `The total deadline ends a body that comes forever`() async throws {
        try await StandIn.serving { _ in
            .endless
        } _: { server in
            let deadlines = HTTPDeadlines(total: .milliseconds(300))
            await expectError(.timeout) {
                try await HTTPClient().send(HTTPRequest(url: server.url, deadlines: deadlines, responseLimit: .max))
            }
        }
    }

    @Test(arguments: [StandInAnswer.slow(.seconds(30)), StandInAnswer(body: [1, 2, 3, 4], stall: .seconds(30))])
    func `The idle deadline ends a request on which nothing moves`(answer: StandInAnswer) async throws {
        try await StandIn.serving { _ in
            answer
        } _: { server in
            let deadlines = HTTPDeadlines(total: nil, idle: .milliseconds(300))
            let time = await ContinuousClock().measure {
                await expectError(.timeout) {
                    try await HTTPClient().send(HTTPRequest(url: server.url, deadlines: deadlines))
                }
            }
            #expect(time < .seconds(20))
        }
    }

    @Test func `The idle deadline leaves a body alone that keeps coming`() async throws {
        try await StandIn.serving { _ in
            StandInAnswer(body: [1, 2, 3, 4], stall: .milliseconds(800))
        } _: { server in
            // Long enough for a server that other tests keep waiting.
            let deadlines = HTTPDeadlines(total: nil, idle: .seconds(10))
            let response = try await HTTPClient().send(HTTPRequest(url: server.url, deadlines: deadlines))
            #expect(response.body == [1, 2, 3, 4])
        }
    }

    @Test func `Cancelling the task aborts the transfer at once`() async throws {
        try await StandIn.serving { _ in
            .slow(.seconds(30))
        } _: { server in
            let client = HTTPClient()
            let task = Task { try await client.send(HTTPRequest(url: server.url)) }
            while server.requests.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
            let time = await ContinuousClock().measure {
                task.cancel()
                await expectError(.cancelled) { try await task.value }
            }
            #expect(time < .seconds(20))
        }
    }

    @Test func `A task that is cancelled before it sends gets no answer`() async throws {
        try await StandIn.serving { _ in
            .slow(.seconds(30))
        } _: { server in
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await HTTPClient().send(HTTPRequest(url: server.url))
            }
            await expectError(.cancelled) { try await task.value }
        }
    }

    @Test func `Shutting down ends what is under way and what comes later`() async throws {
        try await StandIn.serving { _ in
            .slow(.seconds(30))
        } _: { server in
            let client = HTTPClient()
            let task = Task { try await client.send(HTTPRequest(url: server.url)) }
            while server.requests.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
            client.shutdown()
            client.shutdown()
            await expectError(.cancelled) { try await task.value }
            await expectError(.cancelled) { try await client.send(HTTPRequest(url: server.url)) }
        }
    }
}
