/// One version of the contract between host and target modules.
public struct ContractVersion: Sendable, Hashable {
    /// Counts from 1.
    public let number: UInt32
    /// The digest of the kit's public interface at that version, which is kept in `contract/<number>`: SHA-256 in
    /// lower-case hex over the files sorted by name, each preceded by its name and a line feed.
    public let interface: String

    /// Takes over the parts as they are.
    public init(number: UInt32, interface: String) {
        self.number = number
        self.interface = interface
    }
}
