import ContractVersions
import Foundation
import Secrets
import TargetContract
import TestSupport

/// The kit as it would have been before some additions: its interface without them. As version 1 is the first one, no
/// other contract was ever released; this stands for one.
struct EarlierKit {
    /// What is younger: of each kind of addition that `Documentation/Compatibility.md` promises to be harmless, one.
    static let additions = [
        // A requirement with a default.
        "  func passes(after standard: [any Passes.SolutionPass]) -> [any Passes.SolutionPass]\n",
        """
        extension TargetContract.DeploymentTarget {
          public func passes(after standard: [any Passes.SolutionPass]) -> [any Passes.SolutionPass]
        }

        """,
        // A capability.
        """
        public protocol Suggesting : TargetContract.DeploymentTarget {
          func suggestions(for plan: Passes.SolutionPlan) -> [Swift.String : Swift.String]
        }

        """,
        // Members of structs that host and module hand to each other.
        "  public var hasChoices: Swift.Bool\n",
        "  public let allowedNetworks: [Swift.String]\n",
        // A kind of event.
        "    public static let link: TargetContract.DeploymentEvent.Kind\n",
    ]

    /// Its version of the contract, 1, under a digest of its own.
    let contract: ContractVersion
    /// Additions that the interface of today does not have as they are written here.
    let unknown: [String]
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        let modules = HostileModules.executableFolder + "/Modules"
        for module in ["Blueprints", "ContractVersions", "Documents", "Passes", "Secrets"] {
            for kind in ["swiftmodule", "swiftinterface"] {
                let name = "\(module).\(kind)"
                try FileManager.default.copyItem(atPath: "\(modules)/\(name)", toPath: "\(folder.path)/\(name)")
            }
        }
        let name = "TargetContract.swiftinterface"
        let today = try String(contentsOfFile: "\(modules)/\(name)", encoding: .utf8)
        unknown = Self.additions.filter { !today.contains($0) }
        let interface = Self.additions.reduce(today) { $0.replacingOccurrences(of: $1, with: "") }
        _ = try folder.write(name, interface)
        contract = ContractVersion(number: 1, interface: SHA256(hashing: interface.utf8).hex)
    }

    /// Builds a module of `Tests/HostileModules` as it would have been built with this kit.
    func build(_ module: String) throws -> [UInt8] {
        let sources = "\(HostileModules.root)/Tests/HostileModules/Sources/\(module)"
        let file = try NoteFile(parsing: String(contentsOfFile: sources + "/target.note", encoding: .utf8))
        let note = ModuleNote(
            contract: contract.number,
            compiler: Toolchain.version,
            interface: contract.interface,
            id: file.id,
            version: file.version
        )
        var inputs = [try folder.write("Note.swift", NoteSource.module(note))]
        for name in try FileManager.default.contentsOfDirectory(atPath: sources) where name.hasSuffix(".swift") {
            inputs.append("\(sources)/\(name)")
        }
        let output = "\(folder.path)/lib\(module).so"
        try compile(
            ["-emit-library", "-module-name", module, "-L", HostileModules.executableFolder, "-lDeploymentKit"]
                + ["-o", output] + inputs)
        return try Array(Data(contentsOf: URL(fileURLWithPath: output)))
    }

    /// Whether a source compiles against this kit.
    func accepts(_ source: String) throws -> Bool {
        do {
            try compile(["-typecheck", folder.write("Probe.swift", source)])
            return true
        } catch is CompilerFailure {
            return false
        }
    }

    private func compile(_ arguments: [String]) throws {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments =
            ["swiftc", "-swift-version", "6", "-I", folder.path, "-module-cache-path", folder.path + "/cache"]
            + arguments
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CompilerFailure(description: text) }
    }

    private struct CompilerFailure: Error, CustomStringConvertible {
        let description: String
    }
}
