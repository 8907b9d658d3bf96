public import Logging

/// How the host's log is written to standard error.
public enum LogFormat: String, Sendable, Hashable, CaseIterable {
    /// Lines for people.
    case text
    /// One JSON object a line, for programs that collect logs.
    case json

    /// A logger that writes so.
    public func logger(label: String) -> Logger {
        switch self {
        case .text: Logger(label: label) { StreamLogHandler.standardError(label: $0) }
        case .json: Logger(label: label) { JSONLogHandler(label: $0, output: .standardError) }
        }
    }

    /// A logger that writes so, and whose level is that of a threshold.
    public func logger(label: String, threshold: LogThreshold) -> Logger {
        Logger(label: label) { label in
            switch self {
            case .text: ThresholdLogHandler(StreamLogHandler.standardError(label: label), threshold: threshold)
            case .json:
                ThresholdLogHandler(JSONLogHandler(label: label, output: .standardError), threshold: threshold)
            }
        }
    }
}
