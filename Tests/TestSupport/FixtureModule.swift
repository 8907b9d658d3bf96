internal import ContractVersions
internal import Foundation
internal import Secrets
internal import TargetContract

/// The target module of `Tests/FixtureTarget`, built at most once for a build of the kit. It is no product of the
/// package: nobody should install it.
public enum FixtureModule {
    /// The folder of the module.
    private static let built = Result { try build() }

    /// A configuration file that enables the fixture beside the real module.
    public static func configuration() throws -> String { try built.get() + "/fixture.yaml" }

    private static func build() throws -> String {
        let sources = try FileManager.default.contentsOfDirectory(atPath: source).sorted().map { "\(source)/\($0)" }
        let all = Repository.products.appending(path: "FixtureTarget").path
        let folder = try "\(all)/\(key(of: sources))"
        let files = FileManager.default
        if files.fileExists(atPath: "\(folder)/libFixtureTarget.so") { return folder }
        if files.fileExists(atPath: all) { try files.removeItem(atPath: all) }
        try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try note().write(toFile: "\(folder)/Note.swift", atomically: true, encoding: .utf8)
        try "modules: {folders: [\(folder)]}\ntargets: [{module: LocalYAML}, {module: FixtureTarget}]\n"
            .write(toFile: "\(folder)/fixture.yaml", atomically: true, encoding: .utf8)
        try compile(sources.filter { $0.hasSuffix(".swift") } + ["\(folder)/Note.swift"], in: folder)
        return folder
    }

    private static var source: String { Repository.root.appending(path: "Tests/FixtureTarget").path }

    /// Another kit or another fixture is another key.
    private static func key(of sources: [String]) throws -> String {
        var content = try Data(contentsOf: Repository.products.appending(path: "libDeploymentKit.so"))
        for file in sources { content += try Data(contentsOf: URL(filePath: file)) }
        return String(SHA256(hashing: Array(content)).hex.prefix(16))
    }

    /// What the plugin TargetNotes does for modules of the package.
    private static func note() throws -> String {
        let file = try NoteFile(parsing: String(contentsOfFile: "\(source)/target.note", encoding: .utf8))
        let contract = ContractVersion.current
        let note = ModuleNote(
            contract: contract.number,
            compiler: Toolchain.version,
            interface: contract.interface,
            id: file.id,
            version: file.version
        )
        return try NoteSource.module(note)
    }

    private static func compile(_ files: [String], in folder: String) throws {
        let process = Process()
        let output = Pipe()
        let kit = Repository.products.path
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.currentDirectoryURL = URL(filePath: folder)
        process.arguments =
            ["swiftc", "-emit-library", "-swift-version", "6", "-module-name", "FixtureTarget"]
            + ["-I", "\(kit)/Modules", "-L", kit, "-lDeploymentKit", "-o", "\(folder)/made.so"] + files
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw BuildFailure(description: text) }
        try FileManager.default.moveItem(atPath: "\(folder)/made.so", toPath: "\(folder)/libFixtureTarget.so")
    }

    private struct BuildFailure: Error, CustomStringConvertible {
        let description: String
    }
}
