import Foundation
import Testing
import Transport

/// Expects that the call fails with this code, and gives the error.
@discardableResult
func expectError(
    _ code: TransportError.Code,
    at location: SourceLocation = #_sourceLocation,
    _ call: () async throws -> HTTPResponse
) async -> TransportError? {
    do {
        let response = try await call()
        Issue.record("there was an answer: \(response)", sourceLocation: location)
        return nil
    } catch let error as TransportError {
        #expect(error.code == code, "\(error)", sourceLocation: location)
        return error
    } catch {
        Issue.record(error, sourceLocation: location)
        return nil
    }
}

/// The threads of clients in this process.
enum ClientThreads {
    static var count: Int {
        let tasks = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")) ?? []
        return tasks.count {
            (try? String(contentsOfFile: "/proc/self/task/\($0)/comm", encoding: .utf8)) == "http-client\n"
        }
    }
}
