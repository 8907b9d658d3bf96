extension ContractVersion {
    /// The digest is written by `contract/update.sh`.
    public static let version1 = ContractVersion(
        number: 1, interface: "78c159a270dcd24252ad6d5d00b83e695526b48c5b6b781f12f0add4bffe0b71"
    )

    /// What modules are built for today.
    public static let current = version1

    /// What a host of this version can load, in ascending order.
    public static let supported = [version1]
}
