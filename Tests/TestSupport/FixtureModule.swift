internal import Foundation

/// The target module of `Tests/FixtureTarget`, built at most once for a build of the kit.
public enum FixtureModule {
    /// The folder of the module.
    private static let built = Result { try build() }

    /// A configuration file that enables the fixture beside the real module.
    public static func configuration() throws -> String { try built.get() + "/fixture.yaml" }

    private static func build() throws -> String {
        let process = Process()
        let output = Pipe()
        process.executableURL = Repository.root.appending(path: "Tests/FixtureTarget/build.sh")
        process.arguments = [Repository.products.path]
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        // What the compiler says comes before the folder, which is the last line.
        guard process.terminationStatus == 0, let folder = text.split(separator: "\n").last else {
            throw BuildFailure(description: text)
        }
        return String(folder)
    }

    private struct BuildFailure: Error, CustomStringConvertible {
        let description: String
    }
}
