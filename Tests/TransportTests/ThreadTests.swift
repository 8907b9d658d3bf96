import Foundation
import TestSupport
import Testing
import Transport

@Suite(.timeLimit(.minutes(1)), .serialized)
struct ThreadTests {
    @Test func `All clients and requests share one thread`() async throws {
        try await StandIn.serving { _ in
            .slow(.milliseconds(500))
        } _: { server in
            let clients = (0..<20).map { _ in HTTPClient() }
            let threads = try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<200 {
                    group.addTask {
                        _ = try await clients[number % 20].send(HTTPRequest(url: server.url + "/\(number)"))
                    }
                }
                while server.requests.count < 100 { try await Task.sleep(for: .milliseconds(5)) }
                let threads = ClientThreads.count
                try await group.waitForAll()
                return threads
            }
            #expect(Set(server.requests.map(\.path)).count == 200)
            #expect(threads == 1)
        }
    }

    private var sockets: Int {
        get throws {
            let folder = "/proc/self/fd"
            return try FileManager.default.contentsOfDirectory(atPath: folder).count {
                // One that has gone meanwhile is none.
                (try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\($0)"))?.hasPrefix("socket:")
                    == true
            }
        }
    }

    @Test func `Clients that end leave no descriptor behind`() async throws {
        try await StandIn.serving { _ in
            StandInAnswer("{}")
        } _: { server in
            for _ in 0..<300 {
                let client = HTTPClient()
                _ = try await client.send(HTTPRequest(url: server.url + "/"))
                client.shutdown()
            }
            // Other tests run beside this one; three hundred connections would show all the same.
            for _ in 0..<1_000 where try sockets >= 250 { try await Task.sleep(for: .milliseconds(10)) }
            #expect(try sockets < 250)
        }
    }
}
