/// A processor architecture, by its number in the ELF header.
public struct ELFMachine: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    public let rawValue: UInt16
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    public static let x86 = ELFMachine(rawValue: 3)
    public static let arm = ELFMachine(rawValue: 40)
    public static let x86_64 = ELFMachine(rawValue: 62)
    public static let aarch64 = ELFMachine(rawValue: 183)
    public static let riscv = ELFMachine(rawValue: 243)

    #if arch(arm64)
        public static let host = aarch64
    #else
        public static let host = x86_64
    #endif

    /// The name that `uname -m` would print, or the number.
    public var description: String {
        switch self {
        case .x86: "x86"
        case .arm: "arm"
        case .x86_64: "x86_64"
        case .aarch64: "aarch64"
        case .riscv: "riscv64"
        default: "machine \(rawValue)"
        }
    }
}
