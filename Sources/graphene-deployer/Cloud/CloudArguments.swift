import ArgumentParser
import DeployerHost
import Documents
import FoundationEssentials
import TargetContract

/// Which OpenStack cloud is meant, for targets that deploy to clusters of one.
struct CloudArguments: ParsableArguments {
    /// What a target says of itself that takes clouds in its setting `keystone`.
    private static let capability = "openstack-clouds/v1"
    /// What the cloud of the variables is called.
    private static let environmentName = "environment"

    @Option(
        name: .customLong("os-cloud"),
        help: ArgumentHelp(
            "The cloud in clouds.yaml whose clusters are meant.",
            discussion: """
                Without it OS_CLOUD counts, and without that OS_AUTH_URL, OS_APPLICATION_CREDENTIAL_ID, \
                OS_APPLICATION_CREDENTIAL_SECRET and OS_REGION_NAME, where a cluster is asked for.
                """,
            valueName: "name"
        )
    )
    var osCloud: String?

    /// The configuration in which the cloud counts as one that the administrator has listed, with its credential.
    /// - Parameters:
    ///   - given: the names of the options that were given.
    ///   - isNeeded: whether a cluster is asked for in any case.
    /// - Returns: also what the options are, unless they are given.
    /// - Throws: `InputError` and `FileError` for what was told of a cloud and cannot be used.
    func listing(
        in configuration: Configuration,
        target: String,
        given: Set<String>,
        isNeeded: Bool = false
    ) throws -> (configuration: Configuration, defaults: [String: String]) {
        let isWanted = isNeeded || osCloud != nil || given.contains("cluster")
        // Who gives a credential or names a cloud means one of the configuration.
        // So does who gives a kubeconfig: whether the two go together is the target's to say.
        let others = ["kubeconfig", "cloud", "credential-id", "credential-secret"].filter(given.contains)
        if let other = others.first, let osCloud {
            throw InputError(
                description:
                    "--os-cloud \(osCloud) and the option \(other) name two different ways to a cluster; give one of them"
            )
        }
        guard isWanted, others.isEmpty else { return (configuration, [:]) }
        let isListed = configuration.targets.contains { $0.settings.values["keystone"]?.array?.isEmpty == false }
        guard let account = try account() else {
            guard isNeeded, !isListed else { return (configuration, [:]) }
            throw InputError(
                description:
                    "nothing tells which cloud is meant; set OS_AUTH_URL, OS_APPLICATION_CREDENTIAL_ID and "
                    + "OS_APPLICATION_CREDENTIAL_SECRET, or name an entry of clouds.yaml with --os-cloud"
            )
        }
        let targets = TargetListing(configuration: configuration)
        guard let manifest = targets.manifests.first(where: { $0.id == target }),
            manifest.capabilities.contains(Self.capability), let module = targets.module(of: target)
        else {
            guard osCloud != nil else { return (configuration, [:]) }
            throw InputError(description: "the target \(target) knows no clouds; --os-cloud is of no use there")
        }
        var configuration = configuration
        for index in configuration.targets.indices where configuration.targets[index].module == module {
            var settings = configuration.targets[index].settings.values
            let others = settings["keystone"]?.array ?? []
            let kept = others.filter { $0["name"] != .string(account.name) }
            settings["keystone"] = .array(kept + [.object(account.setting)])
            configuration.targets[index].settings = TargetSettings(settings)
        }
        var defaults = account.options
        defaults["access"] = "cluster"
        defaults["cloud"] = account.name
        defaults["region"] = account.region
        return (configuration, defaults)
    }

    /// Nil where nothing tells of a cloud.
    private func account() throws -> CloudAccount? {
        let variables = ProcessInfo.processInfo.environment
        let named = osCloud ?? variables["OS_CLOUD"].flatMap { $0.isEmpty ? nil : $0 }
        if let named { return try CloudsFile.account(named, variables: variables) }
        let fields = CloudAccount.fields(ofVariables: variables)
        guard fields.keys.contains(where: { $0 == "auth_url" || $0.hasPrefix("application_credential") }) else {
            return nil
        }
        return try CloudsFile.account(Self.environmentName, fields, origin: CloudAccount.environment)
    }
}
