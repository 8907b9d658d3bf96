internal import ContractVersions

/// The name of a new target's module, and the id that follows from it.
public struct TargetPackageName: Sendable, Hashable {
    /// For instance `DockerCompose`: the package, the module, and `libDockerCompose.so`.
    public let module: String
    /// For instance `docker-compose`: in URLs, commands and names.
    public let id: String

    /// Modules that the host, Swift or the generated package has already, and what would make its type
    /// `…Target` one of the kit's.
    private static let taken = Set(
        (SDKFolder.modules + SDKFolder.testModules + others).map { $0.lowercased() }
    )
    private static let others = [
        "Any", "Creodias", "DeployerHost", "Deployment", "DeploymentKit", "Dispatch", "Distributed", "Foundation",
        "FoundationEssentials", "FoundationNetworking", "Glibc", "LocalYAML", "Observation", "PackageDescription",
        "PackagePlugin", "Playground", "Protocol", "RegexBuilder", "Self", "Swift", "SwiftSyntax", "Synchronization",
        "TargetNote", "Testing", "Type", "XCTest", "graphene_deployer",
    ]

    /// Checks a name.
    /// - Throws: `TargetPackageNameError` with a better name where there is one.
    public init(_ name: String) throws(TargetPackageNameError) {
        let isUpperCase = name.utf8.first.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) } ?? false
        guard ModuleReference.isModuleName(name), isUpperCase else {
            throw TargetPackageNameError(
                name, "a capital letter is expected, then letters, digits and _, at most 64", Self.suggestion(for: name)
            )
        }
        guard !Self.taken.contains(name.lowercased()) else {
            throw TargetPackageNameError(name, "Swift, the host or the kit has that name already", nil)
        }
        let id = Self.id(of: name)
        guard TargetLabel.isValid(id) else {
            throw TargetPackageNameError(
                name, "the target's id would be \(id), a DNS-1035 label of at most 63 characters is expected", nil)
        }
        module = name
        self.id = id
    }

    /// Words begin with a capital letter, and `_` parts them: `LocalYAML` has the id `local-yaml`.
    private static func id(of name: String) -> String {
        let letters = Array(name)
        var id = ""
        for (index, letter) in letters.enumerated() {
            let before = index > 0 ? letters[index - 1] : "_"
            let isNextLowerCase = index + 1 < letters.count && letters[index + 1].isLowercase
            let beginsWord = letter.isUppercase && (!before.isUppercase || isNextLowerCase)
            if beginsWord, before != "_" { id += "-" }
            id += letter == "_" ? "-" : letter.lowercased()
        }
        return id
    }

    /// `docker-compose` as it would have to be written; nil where letters of it would be lost.
    private static func suggestion(for name: String) -> String? {
        guard name.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
        let words = name.split { !($0.isLetter || $0.isNumber) }
        let suggestion = words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
        guard suggestion != name, (try? TargetPackageName(suggestion)) != nil else { return nil }
        return suggestion
    }
}

/// A name that no module can have.
public struct TargetPackageNameError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What was given, what is expected, and what would do.
    public let description: String

    init(_ name: String, _ reason: String, _ suggestion: String?) {
        let remedy = suggestion.map { "take \($0)" } ?? "take another name, for instance DockerCompose"
        description = "\(name.debugDescription) cannot be the name of a target module (\(reason)): \(remedy)"
    }
}
