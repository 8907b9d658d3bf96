import DeployerHost
import Foundation
import TargetContract

/// A folder for modules, which goes with the last reference.
final class ModuleFolder: Sendable {
    let path: String

    init() throws {
        let temporary = URL(fileURLWithPath: NSTemporaryDirectory()).resolvingSymlinksInPath().path
        path = temporary + "/modules-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try setMode(0o755, of: "")
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Copies a module that was built, if wanted under another name.
    func add(_ module: String, as name: String? = nil) throws {
        try write(Self.bytes(of: module), as: name ?? module)
    }

    func write(_ bytes: some Sequence<UInt8>, as module: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path + "/lib\(module).so"))
        try setMode(0o644, of: "lib\(module).so")
    }

    func setMode(_ mode: Int, of name: String) throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path + "/" + name)
    }

    static func bytes(of module: String) throws -> [UInt8] {
        try Array(Data(contentsOf: URL(fileURLWithPath: HostileModules.path(of: module))))
    }

    /// A loader that looks here first.
    func loader(expecting expectations: ModuleExpectations = ModuleExpectations()) -> ModuleLoader {
        ModuleLoader(
            searchPath: ModuleSearchPath(executable: path + "/bin"),
            inspector: ModuleInspector(expectations: expectations)
        ) { _ in TargetServices { _, _ in } }
    }
}
