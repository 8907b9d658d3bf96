import TestSupport
import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct MaximumInFlightTests {
    @Test func `Requests beyond the maximum wait until another ends`() async throws {
        try await StandIn.serving { _ in
            .slow(.seconds(30))
        } _: { server in
            let client = HTTPClient(maximumInFlight: 2)
            let tasks = (0..<3).map { number in
                Task { try await client.send(HTTPRequest(url: server.url + "/\(number)")) }
            }
            while server.requests.count < 2 { try await Task.sleep(for: .milliseconds(5)) }
            try await Task.sleep(for: .milliseconds(200))
            #expect(server.requests.count == 2)
            let first = try #require(server.requests.first?.path.last.flatMap { Int(String($0)) })
            tasks[first].cancel()
            while server.requests.count < 3 { try await Task.sleep(for: .milliseconds(5)) }
            for task in tasks { task.cancel() }
            for task in tasks { await expectError(.cancelled) { try await task.value } }
        }
    }

    @Test func `No deadline runs while a request waits for its turn`() async throws {
        try await StandIn.serving { _ in
            .slow(.milliseconds(500))
        } _: { server in
            let client = HTTPClient(maximumInFlight: 1)
            try await withThrowingTaskGroup(of: Int.self) { group in
                // Together they take longer than the deadline of each.
                for _ in 0..<14 {
                    let request = HTTPRequest(url: server.url, deadlines: HTTPDeadlines(total: .seconds(6)))
                    group.addTask { try await client.send(request).status }
                }
                for try await status in group { #expect(status == 200) }
            }
        }
    }

    @Test func `A stream does not count once its header has come`() async throws {
        try await StandIn.serving { request in
            request.path == "/stream" ? .endless : StandInAnswer("{}")
        } _: { server in
            let client = HTTPClient(maximumInFlight: 1)
            let deadlines = HTTPDeadlines(total: nil)
            let stream = try await client.stream(HTTPRequest(url: server.url + "/stream", deadlines: deadlines))
            #expect(try await client.send(HTTPRequest(url: server.url)).status == 200)
            stream.cancel()
        }
    }
}
