extension ContractVersion {
    /// The digest is written by `contract/update.sh`.
    public static let version1 = ContractVersion(
        number: 1, interface: "2fe10ddb7715ed503a74324b48469862b76c5179d744bf911736ec82d4eb3e79"
    )

    /// What modules are built for today.
    public static let current = version1

    /// What a host of this version can load, in ascending order.
    public static let supported = [version1]
}
