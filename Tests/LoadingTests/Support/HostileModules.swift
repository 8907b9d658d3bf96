import ContractVersions
import Foundation
import Secrets
import TargetContract

/// The modules of `Tests/HostileModules`, built at most once for a build of the kit.
enum HostileModules {
    private static let built = Result { try build() }

    /// The path of a module that was built.
    static func path(of module: String) throws -> String { try folder() + "/lib\(module).so" }

    /// The folder with all of them.
    static func folder() throws -> String { try built.get() }

    /// The folder of the test executable, which holds the kit and the real modules.
    static var executableFolder: String {
        let executable = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return ((executable ?? "") as NSString).deletingLastPathComponent
    }

    static var root: String { (#filePath as NSString).pathComponents.dropLast(4).joined(separator: "/") }

    private static func build() throws -> String {
        let package = root + "/Tests/HostileModules"
        let all = executableFolder + "/HostileModules"
        let copy = try all + "/" + key(of: package)
        let products = copy + "/.build/debug"
        let files = FileManager.default
        if files.fileExists(atPath: copy + "/complete") { return products }
        if files.fileExists(atPath: all) { try files.removeItem(atPath: all) }
        try files.createDirectory(atPath: all, withIntermediateDirectories: true)
        try files.copyItem(atPath: package, toPath: copy)
        try generate(in: copy)
        try swiftBuild(copy)
        try Data().write(to: URL(fileURLWithPath: copy + "/complete"))
        return products
    }

    /// Another kit or another fixture is another key.
    private static func key(of package: String) throws -> String {
        var content = try Data(contentsOf: URL(fileURLWithPath: executableFolder + "/libDeploymentKit.so"))
        for name in try FileManager.default.subpathsOfDirectory(atPath: package).sorted() {
            content += Data(name.utf8)
            content += (try? Data(contentsOf: URL(fileURLWithPath: package + "/" + name))) ?? Data()
        }
        return String(SHA256(hashing: content).hex.prefix(16))
    }

    /// What the plugin TargetNotes does for modules of the root package.
    private static func generate(in copy: String) throws {
        let contract = ContractVersion.current
        let header = """
            #define HOST_CONTRACT \(contract.number)
            #define HOST_COMPILER "\(Toolchain.version)"
            #define HOST_INTERFACE "\(contract.interface)"

            """
        try header.write(toFile: copy + "/Shared/host.h", atomically: true, encoding: .utf8)
        for name in try FileManager.default.subpathsOfDirectory(atPath: copy) where name.hasSuffix("/target.note") {
            let path = copy + "/" + name
            let file = try NoteFile(parsing: String(contentsOfFile: path, encoding: .utf8))
            let note = ModuleNote(
                contract: contract.number,
                compiler: Toolchain.version,
                interface: contract.interface,
                id: file.id,
                version: file.version
            )
            let output = (path as NSString).deletingLastPathComponent + "/Note.swift"
            try NoteSource.module(note).write(toFile: output, atomically: true, encoding: .utf8)
        }
    }

    private static func swiftBuild(_ package: String) throws {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["swift", "build", "--package-path", package, "--scratch-path", package + "/.build"]
        process.environment = ProcessInfo.processInfo.environment.merging(["GRAPHENE_SDK": executableFolder]) { $1 }
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw BuildFailure(description: text) }
    }

    private struct BuildFailure: Error, CustomStringConvertible {
        let description: String
    }
}
