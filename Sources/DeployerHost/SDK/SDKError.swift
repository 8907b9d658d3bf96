/// Why targets cannot be developed with a folder, or on this machine: one sentence with what to do.
public struct SDKError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What was found, what was expected, and after the colon what to do; without a full stop.
    public let description: String

    static func notFound(_ places: [String]) -> SDKError {
        SDKError(
            description: "no SDK belongs to this executable (neither \(places.joined(separator: " nor ")) is one): "
                + "install the host with make install, or name an SDK with --sdk")
    }

    static func noFolder(_ path: String) -> SDKError {
        SDKError(description: "\(path) is no SDK, it is not a folder: \(another)")
    }

    static func incomplete(_ path: String, missing: [String]) -> SDKError {
        let others = missing.count > 3 ? " and \(missing.count - 3) more files" : ""
        let files = missing.prefix(3).joined(separator: ", ") + others
        let finding = missing.count == 1 ? "is missing" : "are missing"
        return SDKError(description: "\(path) is no complete SDK, \(files) \(finding): \(another)")
    }

    static func unreadable(_ path: String, reason: String) -> SDKError {
        SDKError(description: "\(path) is no SDK that can be used (\(reason)): \(another)")
    }

    static func compiler(_ path: String, found: String, host: String) -> SDKError {
        SDKError(description: "the SDK \(path) was made by Swift \(found), this host by \(host): \(another)")
    }

    static func contract(_ path: String, found: String, host: String) -> SDKError {
        SDKError(
            description: "the SDK \(path) has another contract than this host "
                + "(found \(found.prefix(12))…, expected \(host.prefix(12))…): \(another)")
    }

    static func noSwift(expected: String) -> SDKError {
        SDKError(
            description: "swiftc is not in PATH, modules of this host need Swift \(expected): "
                + "install it from https://www.swift.org/install, and put its folder into PATH")
    }

    static func swift(found: String, expected: String) -> SDKError {
        SDKError(
            description: "swiftc in PATH is Swift \(found), modules of this host need \(expected): "
                + "install that one, or put it first in PATH")
    }

    private static let another = "name the SDK of this host with --sdk, or install the host again"
}
