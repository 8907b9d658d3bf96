import TestSupport
import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct HTTPStreamTests {
    @Test func `A stream gives the header at once and the body as it comes`() async throws {
        try await StandIn.serving { _ in
            StandInAnswer(status: 200, headers: ["x-a": "b"], body: [1, 2, 3, 4], stall: .milliseconds(300))
        } _: { server in
            let stream = try await HTTPClient().stream(HTTPRequest(url: server.url))
            #expect(stream.status == 200 && stream.headers["x-a"] == "b")
            var body: [UInt8] = []
            while let bytes = try await stream.next() { body += bytes }
            #expect(body == [1, 2, 3, 4])
            #expect(try await stream.next() == nil)
        }
    }

    @Test func `Only a success is read beyond the cap`() async throws {
        for (status, isRead) in [(200, true), (404, false)] {
            try await StandIn.serving { _ in
                StandInAnswer(status: status, body: [UInt8](repeating: 1, count: 1_000))
            } _: { server in
                let stream = try await HTTPClient().stream(HTTPRequest(url: server.url, responseLimit: 100))
                #expect(stream.status == status)
                let error = await failure { while try await stream.next() != nil {} }
                #expect(error?.code == (isRead ? nil : .tooLarge))
            }
        }
    }

    @Test func `Cancelling a stream ends it`() async throws {
        try await StandIn.serving { _ in
            .endless
        } _: { server in
            let deadlines = HTTPDeadlines(total: nil)
            let stream = try await HTTPClient().stream(HTTPRequest(url: server.url, deadlines: deadlines))
            #expect(try await stream.next()?.isEmpty == false)
            stream.cancel()
            #expect(await failure { while try await stream.next() != nil {} }?.code == .cancelled)
        }
    }

    @Test func `Cancelling the reading task ends the stream, whose owner need not hold the client`() async throws {
        try await StandIn.serving { _ in
            .endless
        } _: { server in
            let deadlines = HTTPDeadlines(total: nil)
            let stream = try await HTTPClient().stream(HTTPRequest(url: server.url, deadlines: deadlines))
            let task = Task { await failure { while try await stream.next() != nil {} } }
            try await Task.sleep(for: .milliseconds(50))
            task.cancel()
            #expect(await task.value?.code == .cancelled)
        }
    }

    @Test func `What gets no header is an error of the call`() async throws {
        let error = await failure { _ = try await HTTPClient().stream(HTTPRequest(url: "http://127.0.0.1:1/")) }
        #expect(error?.code == .unreachable)
    }
}

/// The transport's error, if the call fails with one.
func failure(_ call: () async throws -> Void) async -> TransportError? {
    do {
        try await call()
        return nil
    } catch {
        return error as? TransportError
    }
}
