internal import Documents
internal import TargetContract
internal import Transport

/// What the administrator decides for this target.
struct CreodiasSettings: Sendable {
    /// Namespaces of the cluster itself (`default`, `kube-*`) that may be used all the same.
    let allowedNamespaces: Set<String>
    /// Which servers a kubeconfig may name.
    let policy: NetworkPolicy

    init(_ settings: TargetSettings, _ services: TargetServices) throws(TargetError) {
        try settings.requireOnly(["allowedNamespaces"])
        let names = settings.values["allowedNamespaces"]?.array ?? []
        guard names.allSatisfy({ $0.string != nil }) else {
            throw TargetError(
                .invalidSettings,
                what: "The setting allowedNamespaces cannot be used",
                why: "it is not a list of names",
                remedy: "Write for instance allowedNamespaces: [default]"
            )
        }
        allowedNamespaces = Set(names.compactMap(\.string))
        policy = NetworkPolicy(allow: services.allowedNetworks.compactMap(AddressRange.init))
    }
}
