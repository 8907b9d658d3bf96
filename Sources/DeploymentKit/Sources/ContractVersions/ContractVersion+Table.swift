extension ContractVersion {
    /// The digest is written by `contract/update.sh`.
    public static let version1 = ContractVersion(
        number: 1, interface: "b89ddac049f5a749c989094d84dee070be29b959e98d99d3e8aa7e537ea4a400"
    )

    /// What modules are built for today.
    public static let current = version1

    /// What a host of this version can load, in ascending order.
    public static let supported = [version1]
}
