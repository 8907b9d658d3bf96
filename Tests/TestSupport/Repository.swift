public import Foundation

/// Places in this repository, found from where this file lies.
public enum Repository {
    public static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    public static let samples = root.appending(path: "config/samples")
    /// The folder of the samples as a text.
    public static let samplesPath = samples.path(percentEncoded: false)

    /// The folder of the built products, in which the test binary lies as well.
    public static let products = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()

    /// Runs the body with a folder of its own, which is removed afterwards.
    @discardableResult
    public static func withFolder<Result>(_ body: (URL) async throws -> Result) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "graphene-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(folder)
    }
}
