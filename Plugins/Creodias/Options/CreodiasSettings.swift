internal import Documents
internal import TargetContract
internal import Transport

/// What the administrator decides for this target.
struct CreodiasSettings: Sendable {
    /// Namespaces of the cluster itself (`default`, `kube-*`) that may be used all the same.
    let allowedNamespaces: Set<String>
    /// Which servers a kubeconfig and a cloud may name.
    let policy: NetworkPolicy
    /// The clouds whose clusters can be chosen.
    let clouds: Clouds
    /// Which certificates their clusters are asked for.
    let certificate: CertificateRule

    init(_ settings: TargetSettings, _ services: TargetServices) throws(TargetError) {
        try settings.requireOnly(["allowedNamespaces", "clientCertificate", "keystone"])
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
        clouds = Clouds(try CloudReader.clouds(settings.values["keystone"]), policy: policy)
        certificate = try CertificateRule(settings.values["clientCertificate"])
    }
}
