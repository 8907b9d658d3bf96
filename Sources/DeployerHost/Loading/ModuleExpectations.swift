public import ContractVersions
import Glibc
import TargetContract

/// What a host asks of a module; by default what this one does.
public struct ModuleExpectations: Sendable {
    /// The contract versions that the host supports, in ascending order.
    public var contracts: [ContractVersion] = ContractVersion.supported
    /// The exact compiler.
    public var compiler: String = Toolchain.version
    /// The machine that the module must be built for.
    public var machine: ELFMachine = .host
    /// The users who may own the file and its folder: root and the user of the service.
    public var owners: Set<UInt32> = [0, geteuid()]
    /// In bytes.
    public var largestFile = 256 << 20

    /// What this host expects.
    public init() {}
}
