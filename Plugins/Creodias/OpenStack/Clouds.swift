internal import TargetContract
internal import Transport

/// The clouds of a target. Tokens for the administrator's credentials are kept between calls; those for users' live as
/// long as the call that they are made for.
final class Clouds: Sendable {
    let list: [Cloud]
    private let clients: [String: ServiceClient]
    private let configured: [String: CloudSession]
    private let authorities = CloudMemory<[UInt8]>()
    private let templates = CloudMemory<MagnumTemplate>()

    init(_ list: [Cloud], policy: NetworkPolicy) {
        self.list = list
        let pairs = list.map { cloud in
            (cloud, ServiceClient(policy: policy, tls: TLSSettings(authorities: cloud.authorities)))
        }
        clients = Dictionary(pairs.map { ($0.0.name, $0.1) }, uniquingKeysWith: { first, _ in first })
        configured = pairs.reduce(into: [:]) { sessions, pair in
            guard let credential = pair.0.credential else { return }
            sessions[pair.0.name] = CloudSession(
                pair.0,
                credential: credential,
                isConfigured: true,
                client: pair.1
            )
        }
    }

    /// The cloud that options name; the only one where they name none.
    func cloud(_ options: OptionValues) throws(TargetError) -> Cloud {
        let names = list.map(\.name).joined(separator: ", ")
        guard let first = list.first else {
            throw TargetError(
                .invalidOption,
                what: "No cloud is configured",
                why: "the administrator has listed none in the setting keystone of this target",
                remedy: "Paste a kubeconfig (access=kubeconfig), or ask the administrator to list your cloud"
            )
        }
        guard let name = options.text("cloud") else {
            guard list.count == 1 else {
                throw TargetError(
                    .invalidOption,
                    what: "The cloud is not named",
                    why: "there are \(names)",
                    remedy: "Give the option cloud"
                )
            }
            return first
        }
        guard let cloud = list.first(where: { $0.name == name }) else {
            throw TargetError(
                .invalidOption,
                what: "There is no cloud \(name.prefix(63))",
                why: "the administrator has listed \(names)",
                remedy: "Give one of these"
            )
        }
        return cloud
    }

    /// The region that options name; nil for the only one.
    func region(_ options: OptionValues, of cloud: Cloud) throws(TargetError) -> String? {
        guard let region = options.text("region") else { return cloud.regions.count == 1 ? cloud.regions.first : nil }
        guard cloud.regions.isEmpty || cloud.regions.contains(region) else {
            throw TargetError(
                .invalidOption,
                what: "The region \(region.prefix(60)) may not be used",
                why: "the administrator has listed \(cloud.regions.joined(separator: ", ")) for \(cloud.name)",
                remedy: "Give one of these"
            )
        }
        return region
    }

    /// Somebody who is known to the cloud: with the credential among the options, or else the administrator's.
    func session(_ options: OptionValues, for cloud: Cloud) throws(TargetError) -> CloudSession {
        switch (options.text("credential-id"), options.secret("credential-secret")) {
        case (let id?, let secret?):
            guard let client = clients[cloud.name] else { break }
            let credential = CloudCredential.application(id: id, secret: secret)
            return CloudSession(cloud, credential: credential, isConfigured: false, client: client)
        case (nil, nil):
            if let session = configured[cloud.name] { return session }
        default:
            throw TargetError(
                .invalidOption,
                what: "The application credential is incomplete",
                why: "credential-id and credential-secret belong together",
                remedy: cloud.credential == nil
                    ? "Give both" : "Give both, or neither to use the administrator's credential"
            )
        }
        throw TargetError(
            .invalidOption,
            what: "There is no credential for the cloud \(cloud.name)",
            why: "neither you nor the administrator has given one",
            remedy: "Give credential-id and credential-secret of an application credential, as the cloud's dashboard "
                + "makes it under Identity"
        )
    }

    /// Magnum, as the options say. Makes no calls.
    func magnum(_ options: OptionValues) throws(TargetError) -> MagnumClient {
        let cloud = try cloud(options)
        let region = try region(options, of: cloud)
        return MagnumClient(
            session: try session(options, for: cloud),
            region: region,
            authorities: authorities,
            templates: templates
        )
    }
}
