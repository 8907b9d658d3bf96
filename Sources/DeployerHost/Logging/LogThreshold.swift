public import Logging
internal import Synchronization

/// The least level that is written, which may change while the process runs.
public final class LogThreshold: Sendable {
    private let value: Mutex<Logger.Level>

    /// - Parameter level: the one to begin with.
    public init(_ level: Logger.Level) { value = Mutex(level) }

    /// The level now.
    public var level: Logger.Level {
        get { value.withLock { $0 } }
        set { value.withLock { $0 = newValue } }
    }
}

/// A handler whose level is that of a threshold, unless a logger is given one of its own.
struct ThresholdLogHandler<Handler: LogHandler>: LogHandler {
    private var handler: Handler
    private let threshold: LogThreshold
    private var ownLevel: Logger.Level?

    init(_ handler: Handler, threshold: LogThreshold) {
        self.handler = handler
        self.threshold = threshold
    }

    var logLevel: Logger.Level {
        get { ownLevel ?? threshold.level }
        set { ownLevel = newValue }
    }

    var metadata: Logger.Metadata {
        get { handler.metadata }
        set { handler.metadata = newValue }
    }

    var metadataProvider: Logger.MetadataProvider? {
        get { handler.metadataProvider }
        set { handler.metadataProvider = newValue }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { handler[metadataKey: key] }
        set { handler[metadataKey: key] = newValue }
    }

    func log(event: LogEvent) { handler.log(event: event) }
}
