extension ContractVersion {
    /// The digest is written by `contract/update.sh`.
    public static let version1 = ContractVersion(
        number: 1, interface: "7efb1a8c48d76405e6c386b083752ea9901e6c5b803685f33ae2549f53e50ccb"
    )

    /// What modules are built for today.
    public static let current = version1

    /// What a host of this version can load, in ascending order.
    public static let supported = [version1]
}
