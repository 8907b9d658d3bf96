internal import TargetContract
internal import Transport

/// What can be chosen on the way to a cluster of a cloud.
struct ClusterChoices: Sendable {
    let clouds: Clouds
    let policy: NetworkPolicy

    /// - Throws: `TargetError` where the cloud cannot be asked, or no credential was given yet; `CancellationError`.
    func choices(for option: String, _ given: OptionValues) async throws -> [OptionChoice] {
        switch option {
        case "cloud": clouds.list.map { OptionChoice(value: $0.name, help: $0.authURL.host) }
        case "region": try await regions(given)
        case "cluster": try await clusters(clouds.magnum(given))
        default:
            throw TargetError(
                .invalidOption,
                what: "There are no choices for the option \(option.prefix(60))",
                why: "there are for cloud, region and cluster",
                remedy: "Write a value of your own"
            )
        }
    }

    /// What the administrator has listed; otherwise the cloud tells.
    private func regions(_ given: OptionValues) async throws -> [OptionChoice] {
        let cloud = try clouds.cloud(given)
        guard cloud.regions.isEmpty else { return cloud.regions.map { OptionChoice(value: $0) } }
        let catalog = try await clouds.session(given, for: cloud).catalog()
        return catalog.regions(interface: cloud.interface).map { OptionChoice(value: $0) }
    }

    /// The project's clusters, those first that can be taken.
    private func clusters(_ magnum: MagnumClient) async throws -> [OptionChoice] {
        try await magnum.session.signIn()
        // Without templates all clusters count as some of Kubernetes until one is deployed to.
        async let templates = try? magnum.allTemplates()
        let clusters = try await magnum.clusters()
        let known = await templates ?? [:]
        return clusters.map { choice($0, $0.template.flatMap { known[$0] }) }.sorted(by: Self.isBefore)
    }

    private func choice(_ cluster: MagnumCluster, _ template: MagnumTemplate?) -> OptionChoice {
        let objection = cluster.isComplete ? template?.objection : "\(cluster.meaning) (\(cluster.status.prefix(40)))"
        if let objection {
            return OptionChoice(value: cluster.uuid, label: cluster.name, help: objection, isAvailable: false)
        }
        let facts = [
            cluster.nodes.map { "\($0) node\($0 == 1 ? "" : "s")" },
            cluster.version.map { "Kubernetes \($0.prefix(40))" },
            cluster.health.map { $0.prefix(40).lowercased() },
        ]
        return OptionChoice(
            value: cluster.uuid,
            label: cluster.name,
            help: facts.compactMap(\.self).joined(separator: ", ")
        )
    }

    private static func isBefore(_ left: OptionChoice, _ right: OptionChoice) -> Bool {
        if left.isAvailable != right.isAvailable { return left.isAvailable }
        return (left.label, left.value) < (right.label, right.value)
    }
}
