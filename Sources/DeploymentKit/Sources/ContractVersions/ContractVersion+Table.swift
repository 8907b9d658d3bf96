extension ContractVersion {
    /// The digest is written by `contract/update.sh`.
    public static let version1 = ContractVersion(
        number: 1, interface: "089c5f631cff27a072a949cd3b2bcc9504699fb5603f8070c4c2e62e14ceea16"
    )

    /// What modules are built for today.
    public static let current = version1

    /// What a host of this version can load, in ascending order.
    public static let supported = [version1]
}
