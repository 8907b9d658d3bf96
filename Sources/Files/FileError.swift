internal import Glibc

/// A file operation that failed: which file, and the system's reason.
public struct FileError: Error, Sendable, Hashable, CustomStringConvertible {
    public var path: String
    /// What could not be done: `cannot be written`.
    public var action: String
    public var reason: String

    /// - Parameter code: an `errno`.
    public init(_ path: String, _ action: String, code: Int32) {
        self.init(path, action, reason: String(cString: strerror(code)))
    }

    public init(_ path: String, _ action: String, reason: String) {
        self.path = path
        self.action = action
        self.reason = reason
    }

    public var description: String { "\(path) \(action): \(reason)" }
}
