import Logging
import Synchronization

/// Keeps what is logged.
final class LogCollector: Sendable {
    private let content = Mutex<[String]>([])

    /// Each event as `level message key=value …`, the keys sorted.
    var lines: [String] { content.withLock { $0 } }

    var logger: Logger {
        var logger = Logger(label: "test") { _ in Handler(collector: self) }
        logger.logLevel = .trace
        return logger
    }

    private struct Handler: LogHandler {
        let collector: LogCollector
        var logLevel = Logger.Level.trace
        var metadata = Logger.Metadata()

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let pairs = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }
            collector.content.withLock { $0.append("\(event.level) \(event.message)\(pairs.joined())") }
        }
    }
}
