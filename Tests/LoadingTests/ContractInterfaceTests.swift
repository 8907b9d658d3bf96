import ContractVersions
import Foundation
import Secrets
import Testing

@Suite struct ContractInterfaceTests {
    private static let remedy: Comment =
        "run Sources/DeploymentKit/contract/update.sh, or begin another contract version"
    private static let kit = HostileModules.root + "/Sources/DeploymentKit"

    /// The interfaces that the build of the kit left, by file name, as `update.sh` takes them over.
    private func builtInterfaces() throws -> [String: String] {
        var interfaces: [String: String] = [:]
        for module in try FileManager.default.contentsOfDirectory(atPath: Self.kit + "/Sources")
        where module != "ContractVersions" {
            let path = HostileModules.executableFolder + "/Modules/\(module).swiftinterface"
            guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { continue }
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            interfaces["\(module).swiftinterface"] =
                lines.filter { !$0.hasPrefix("// swift-") }.joined(separator: "\n")
        }
        return interfaces
    }

    private func committedInterfaces(of version: ContractVersion) throws -> [String: String] {
        let folder = Self.kit + "/contract/\(version.number)"
        var interfaces: [String: String] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            interfaces[name] = try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
        }
        return interfaces
    }

    @Test func `the committed interface is that of the kit`() throws {
        let built = try builtInterfaces()
        let committed = try committedInterfaces(of: .current)
        #expect(committed.keys.sorted() == built.keys.sorted(), Self.remedy)
        for (name, text) in built where committed[name] != text {
            Issue.record("\(name) is not that of contract \(ContractVersion.current.number): \(Self.remedy)")
        }
    }

    @Test(arguments: ContractVersion.supported)
    func `the digest of a contract version is that of its files`(version: ContractVersion) throws {
        let content = try committedInterfaces(of: version).sorted { $0.key < $1.key }
            .map { "\($0.key)\n\($0.value)" }.joined()
        #expect(SHA256(hashing: content.utf8).hex == version.interface, Self.remedy)
    }

    @Test func `versions ascend, and the current one is supported`() {
        let numbers = ContractVersion.supported.map(\.number)
        #expect(numbers == Set(numbers).sorted())
        #expect(ContractVersion.supported.last == ContractVersion.current)
    }
}
