/// A processor architecture, by its number in the ELF header.
public struct ELFMachine: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    /// The number in the file's header (`e_machine`).
    public let rawValue: UInt16
    /// A machine by its number, also one without a name here.
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// 32-bit Intel.
    public static let x86 = ELFMachine(rawValue: 3)
    /// 32-bit ARM.
    public static let arm = ELFMachine(rawValue: 40)
    /// 64-bit Intel and AMD.
    public static let x86_64 = ELFMachine(rawValue: 62)
    /// 64-bit ARM.
    public static let aarch64 = ELFMachine(rawValue: 183)
    /// RISC-V.
    public static let riscv = ELFMachine(rawValue: 243)

    #if arch(arm64)
        /// The machine that this host was built for.
        public static let host = aarch64
    #else
        /// The machine that this host was built for.
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
