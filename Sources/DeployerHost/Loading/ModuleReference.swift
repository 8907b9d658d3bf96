public import TargetContract

/// A module that the configuration asks for.
public struct ModuleReference: Sendable {
    /// The name of the module: `LocalYAML` stands for the file `libLocalYAML.so`. Checked when it is loaded, so that a
    /// bad name is reported like any other problem.
    public var module: String
    /// 64 hexadecimal digits that the file must hash to; nil where any file is taken.
    public var sha256: String?
    /// What the administrator wrote for the target.
    public var settings: TargetSettings
    /// Whether the host is not ready without it.
    public var isRequired: Bool
    /// Where its code runs; nil for the host's process where the module is part of the installation, and processes of
    /// its own otherwise.
    public var isolation: Isolation?
    /// How much memory of its own such a process may have, in bytes.
    public var memory: Int

    /// Takes over the parts as they are.
    public init(
        module: String,
        sha256: String? = nil,
        settings: TargetSettings = TargetSettings(),
        isRequired: Bool = false,
        isolation: Isolation? = nil,
        memory: Int = Isolation.defaultMemory
    ) {
        self.module = module
        self.sha256 = sha256
        self.settings = settings
        self.isRequired = isRequired
        self.isolation = isolation
        self.memory = memory
    }

    /// The name of the file, one path component.
    /// - Throws: `ModuleProblem` for a name that is more than letters, digits and `_`.
    func fileName() throws(ModuleProblem) -> String {
        guard Self.isModuleName(module) else { throw .moduleName(module) }
        return "lib\(module).so"
    }

    /// The name of the module in a file of this name; nil for a file that could not be configured.
    static func moduleName(ofFile fileName: String) -> String? {
        guard fileName.hasPrefix("lib"), fileName.hasSuffix(".so"), fileName.utf8.count > 6 else { return nil }
        let name = String(fileName.dropFirst(3).dropLast(3))
        return isModuleName(name) ? name : nil
    }

    /// Letters, digits and `_`, a letter first, at most 64.
    static func isModuleName(_ name: String) -> Bool {
        let isLetter = { (byte: UInt8) in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) && byte >= 0x41
        }
        guard let first = name.utf8.first, isLetter(first), name.utf8.count <= 64 else { return false }
        return name.utf8.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "_") }
    }
}
