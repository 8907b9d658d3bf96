internal import FoundationEssentials
internal import Logging

/// Writes each log event as one line of JSON: `time` (RFC 3339, in UTC, with milliseconds), `level`, `label`, `message`,
/// and the metadata as members beside them.
struct JSONLogHandler: LogHandler {
    var logLevel: Logger.Level = .info
    var metadata = Logger.Metadata()
    var metadataProvider: Logger.MetadataProvider?
    private let label: String
    private let output: LineOutput
    private let now: @Sendable () -> Double

    /// - Parameter now: seconds since 1970.
    init(
        label: String,
        output: LineOutput,
        metadataProvider: Logger.MetadataProvider? = LoggingSystem.metadataProvider,
        now: @escaping @Sendable () -> Double = { Date().timeIntervalSince1970 }
    ) {
        self.label = label
        self.output = output
        self.metadataProvider = metadataProvider
        self.now = now
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var all = metadata
        for more in [metadataProvider?.get(), event.metadata] {
            if let more { all.merge(more) { _, new in new } }
        }
        if let error = event.error {
            // The names that swift-log's own handlers use.
            all["error.message"] = "\(error)"
            all["error.type"] = "\(String(reflecting: type(of: error)))"
        }
        let record = LogRecord(
            time: now(), level: event.level.rawValue, label: label, message: event.message.description, metadata: all)
        output.write(record.json)
    }
}
