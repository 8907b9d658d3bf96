internal import ContractVersions
internal import Files
internal import Secrets
internal import TargetContract

/// A folder with all that a target module is built with: the kit's library, its modules, and the tool that writes notes.
///
/// | file | |
/// |---|---|
/// | `libDeploymentKit.so` | the kit, to link with and to run tests with |
/// | `Modules/<module>.swiftmodule`, `.swiftinterface` | what can be imported |
/// | `libTargetChecks.so` | what a target is held against, for its tests |
/// | `note-writer` | writes the note of a module; `note-writer-tool` where a build left it |
///
/// An installation has it as `sdk` beside the executable. A build has no folder of its own for it, because nothing runs
/// after linking: there it is the folder of the executable itself.
public struct SDKFolder: Sendable, Hashable {
    /// The modules of the kit.
    static let modules = [
        "Archives", "Blueprints", "ContractVersions", "Cryptography", "Documents", "Kubernetes", "Manifests",
        "Orchestration", "Packaging", "Passes", "Secrets", "TargetContract", "Transport",
    ]
    /// What tests of a target are made with; no part of the contract.
    static let testModules = ["TargetChecks"]
    /// The modules whose interface is part of the contract; the digests are no part of what they cover.
    static let contractModules = modules.filter { $0 != "ContractVersions" }
    private static let largestInterface = 4 << 20

    /// The path as it was given or found.
    public let path: String

    /// Checks that the folder is complete and that this host would load what is built with it.
    /// - Throws: `SDKError` with the first thing that is wrong.
    public init(checking path: String) throws(SDKError) {
        guard FileStatus(at: path)?.isFolder ?? false else { throw .noFolder(path) }
        let missing = Self.missingFiles(in: path)
        guard missing.isEmpty else { throw .incomplete(path, missing: missing) }
        let compiler = try Self.compiler(of: path)
        guard compiler == Toolchain.version else { throw .compiler(path, found: compiler, host: Toolchain.version) }
        let digest = try Self.interfaceDigest(of: path)
        guard digest == ContractVersion.current.interface else {
            throw .contract(path, found: digest, host: ContractVersion.current.interface)
        }
        self.path = path
    }

    /// The folder that belongs to this executable.
    /// - Throws: `SDKError` where there is none.
    public static func ofThisProcess() throws(SDKError) -> SDKFolder {
        let folder = ModuleSearchPath.ofThisProcess().folders.first ?? "/"
        return try beside(executableFolder: folder)
    }

    static func beside(executableFolder folder: String) throws(SDKError) -> SDKFolder {
        let installed = folder + "/sdk"
        if FileStatus(ofLinkAt: installed) != nil { return try SDKFolder(checking: installed) }
        guard FileStatus(at: folder + "/Modules")?.isFolder ?? false else { throw .notFound([installed, folder]) }
        return try SDKFolder(checking: folder)
    }

    /// The digest of the interfaces, made as `ContractVersion.interface` says.
    static func interfaceDigest(of path: String) throws(SDKError) -> String {
        var content: [UInt8] = []
        for module in contractModules {
            let lines = try interface(of: module, in: path).split(separator: "\n", omittingEmptySubsequences: false)
            let kept = lines.filter { !$0.hasPrefix("// swift-") }.joined(separator: "\n")
            content += Array("\(module).swiftinterface\n\(kept)".utf8)
        }
        return SHA256(hashing: content).hex
    }

    /// The compiler that the interfaces name.
    private static func compiler(of path: String) throws(SDKError) -> String {
        let text = try interface(of: "TargetContract", in: path)
        guard let compiler = NoteSource.compiler(in: String(text.prefix(1000))) else {
            throw .unreadable(path, reason: "Modules/TargetContract.swiftinterface names no compiler")
        }
        return compiler
    }

    private static func missingFiles(in path: String) -> [String] {
        let required =
            ["libDeploymentKit.so"] + testModules.map { "lib\($0).so" }
            + (modules + testModules).flatMap { ["Modules/\($0).swiftmodule", "Modules/\($0).swiftinterface"] }
        var missing = required.filter { FileStatus(at: "\(path)/\($0)") == nil }
        let isNoteWriterThere = ["note-writer", "note-writer-tool"].contains { FileStatus(at: "\(path)/\($0)") != nil }
        if !isNoteWriterThere { missing.append("note-writer") }
        return missing
    }

    private static func interface(of module: String, in path: String) throws(SDKError) -> String {
        do {
            let bytes = try FileReader.read("\(path)/Modules/\(module).swiftinterface", limit: largestInterface)
            return String(decoding: bytes, as: UTF8.self)
        } catch {
            throw .unreadable(path, reason: error.description)
        }
    }
}
