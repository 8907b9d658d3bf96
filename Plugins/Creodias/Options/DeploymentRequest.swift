internal import Manifests
internal import Passes
internal import Secrets
internal import TargetContract

/// The values of the options, checked as far as that goes without the cluster.
struct DeploymentRequest: Sendable {
    let namespace: String
    let exposure: Exposure
    /// Whether web pages are looked for although nothing has changed.
    let findsPages: Bool
    let volumeSize: String
    let volumeAccess: String
    let storageClass: String?
    let deletesVolumes: Bool
    let registry: RegistryLogin?
    let nodeSettings: [String: NodeSettings]
    let patience: Duration
    let rollsBack: Bool
    let takesOver: Bool
    let isStrict: Bool

    init(_ options: OptionValues, settings: CreodiasSettings) throws(TargetError) {
        namespace = try NamespaceName(options.text("namespace") ?? "", allowed: settings.allowedNamespaces).text
        exposure = try Exposure(options)
        findsPages = options.boolean("find-pages")
        volumeSize = options.text("volume-size") ?? "1Gi"
        volumeAccess = options.text("volume-access") ?? "automatic"
        storageClass = options.text("storage-class")
        deletesVolumes = options.text("volumes") == "delete"
        registry = try RegistryLogin(options)
        nodeSettings = try options.secret("node-settings").map(NodeSettingsReader.read) ?? [:]
        patience = .seconds(options.integer("timeout") ?? 600)
        rollsBack = options.text("on-failure") == "rollback"
        takesOver = options.boolean("take-over")
        isStrict = options.boolean("strict")
    }

    /// Refuses settings for nodes that the plan does not have.
    func check(against plan: SolutionPlan) throws(TargetError) {
        let known = plan.nodes.map(\.name) + [plan.orchestrator?.name].compactMap(\.self)
        guard let stranger = nodeSettings.keys.sorted().first(where: { $0 != "*" && !known.contains($0) }) else {
            return
        }
        throw TargetError(
            .invalidOption,
            what: "The option node-settings names a node that is not there",
            why: "\"\(stranger.prefix(60))\" is none of \(known.joined(separator: ", "))",
            remedy: "Correct the name, or use * for all nodes"
        )
    }
}
