import ArgumentParser

/// `graphene-deployer deployments …`: the deployments of a running host.
struct DeploymentsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deployments",
        abstract: "Works with the deployments of a running host, in the name of one user.",
        discussion: """
            The host is named by --server or GRAPHENE_DEPLOYER_SERVER. The portal's token comes from \
            GRAPHENE_DEPLOYER_TOKEN or --token-file, never from the command line.
            """,
        subcommands: [
            List.self, Show.self, Events.self, Cancel.self, Rerun.self,
            Undeploy.self, Logs.self,
        ]
    )
}
