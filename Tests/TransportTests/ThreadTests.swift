import TestSupport
import Testing
import Transport

@Suite(.timeLimit(.minutes(1)), .serialized)
struct ThreadTests {
    @Test func `Many requests share one thread`() async throws {
        try await StandIn.serving { _ in
            .slow(.milliseconds(500))
        } _: { server in
            let client = HTTPClient()
            let threads = try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<200 {
                    group.addTask { _ = try await client.send(HTTPRequest(url: server.url + "/\(number)")) }
                }
                while server.requests.count < 100 { try await Task.sleep(for: .milliseconds(5)) }
                let threads = ClientThreads.count
                try await group.waitForAll()
                return threads
            }
            #expect(Set(server.requests.map(\.path)).count == 200)
            // Other tests run beside this one, each with a client or two of its own.
            #expect(threads < 150)
        }
    }

    @Test func `The thread of a client ends with it`() async throws {
        var clients: [HTTPClient] = (0..<400).map { _ in HTTPClient() }
        while ClientThreads.count < 400 { try await Task.sleep(for: .milliseconds(10)) }
        clients.removeAll()
        for _ in 0..<500 where ClientThreads.count >= 200 { try await Task.sleep(for: .milliseconds(10)) }
        #expect(ClientThreads.count < 200)
    }
}
