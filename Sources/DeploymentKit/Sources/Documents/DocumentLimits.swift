/// How much of a foreign text is read. Whatever exceeds a limit is an error, never cut.
public struct DocumentLimits: Sendable, Hashable {
    /// Bytes of the text.
    public var bytes: Int
    /// Nested lists and objects.
    public var depth: Int
    /// Values of any kind, keys not counted.
    public var values: Int

    /// Takes over the parts as they are.
    public init(bytes: Int, depth: Int, values: Int) {
        self.bytes = bytes
        self.depth = depth
        self.values = values
    }

    /// Blueprints and answers of the catalogue: 4 MiB, 64 levels.
    public static let catalogue = DocumentLimits(bytes: 4 << 20, depth: 64, values: 500_000)
    /// Answers of a cluster's API: 16 MiB, 64 levels.
    public static let cluster = DocumentLimits(bytes: 16 << 20, depth: 64, values: 2_000_000)
    /// Bodies of API requests: 512 KiB.
    public static let request = DocumentLimits(bytes: 512 << 10, depth: 32, values: 20_000)
    /// Configuration files and kubeconfigs: 256 KiB.
    public static let configuration = DocumentLimits(bytes: 256 << 10, depth: 32, values: 20_000)
}
