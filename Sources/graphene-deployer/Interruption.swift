import Dispatch
import Glibc
import Synchronization

/// Ctrl-C and SIGTERM as a cancelled task: the first one lets work end in order, a second one ends the process.
enum Interruption {
    private static let received = Mutex<Int32?>(nil)

    /// Runs work that a signal cancels. After that the process ends with 128 and the signal's number.
    /// - Parameter farewell: called before that, to say what exists.
    static func guarding<Value: Sendable>(
        _ work: @escaping @Sendable () async throws -> Value,
        farewell: () -> Void
    ) async throws -> Value {
        let task = Task(operation: work)
        let sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler {
                let isFirst = received.withLock { first in
                    defer { first = first ?? number }
                    return first == nil
                }
                if isFirst { task.cancel() } else { Glibc.exit(128 + number) }
            }
            source.resume()
            return source
        }
        defer { sources.forEach { $0.cancel() } }
        do {
            return try await task.value
        } catch {
            guard let number = received.withLock(\.self) else { throw error }
            if !(error is CancellationError) { Terminal.say("graphene-deployer: \(error)") }
            farewell()
            Glibc.exit(128 + number)
        }
    }
}
