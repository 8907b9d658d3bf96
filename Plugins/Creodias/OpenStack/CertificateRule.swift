internal import Cryptography
internal import Documents
internal import TargetContract

/// Which certificates are asked for: the setting `clientCertificate: {user, group, key}`.
///
/// Without it what `openstack coe cluster config` asks for, an administrator of the whole cluster; a group with fewer
/// rights has to be bound to a role in the cluster first.
struct CertificateRule: Sendable, Hashable {
    var subject = ClusterIdentity.Subject()
    var algorithm = KeyAlgorithm.p256

    init(_ setting: Document?) throws(TargetError) {
        guard let setting, !setting.isNull else { return }
        let known = ["user", "group", "key"]
        guard let object = setting.object, object.keys.allSatisfy(known.contains) else {
            throw Self.problem("it is not an object with user, group and key")
        }
        if let user = try Self.name(object["user"]) { subject.user = user }
        if let group = try Self.name(object["group"]) { subject.group = group }
        guard let key = try Self.name(object["key"]) else { return }
        guard let algorithm = KeyAlgorithm(rawValue: key) else {
            let names = KeyAlgorithm.allCases.map(\.rawValue).joined(separator: ", ")
            throw Self.problem("key is none of \(names)")
        }
        self.algorithm = algorithm
    }

    private static func name(_ value: Document?) throws(TargetError) -> String? {
        guard let value, !value.isNull else { return nil }
        guard let text = value.string, (1...64).contains(text.unicodeScalars.count) else {
            throw problem("its names have 1 to 64 characters")
        }
        return text
    }

    private static func problem(_ why: String) -> TargetError {
        TargetError(
            .invalidSettings,
            what: "The setting clientCertificate cannot be used",
            why: why,
            remedy:
                "Write for instance clientCertificate: {user: graphene-deployer, group: graphene-deployers, key: p256}"
        )
    }
}
