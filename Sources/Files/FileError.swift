internal import Glibc

/// A file operation that failed: which file, and the system's reason.
public struct FileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The path as it was given.
    public var path: String
    /// What could not be done: `cannot be written`.
    public var action: String
    /// Why, in the system's words.
    public var reason: String

    /// - Parameter code: an `errno`.
    public init(_ path: String, _ action: String, code: Int32) {
        self.init(path, action, reason: String(cString: strerror(code)))
    }

    /// Takes over the parts as they are.
    public init(_ path: String, _ action: String, reason: String) {
        self.path = path
        self.action = action
        self.reason = reason
    }

    /// Path, action and reason, as one phrase.
    public var description: String { "\(path) \(action): \(reason)" }
}
