import ArgumentParser

/// `graphene-deployer clusters --target T`
struct ClustersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clusters",
        abstract: "Lists the clusters that a target can deploy to: the values of its option cluster.",
        discussion: """
            Credentials come from the variables OS_…, from clouds.yaml (--os-cloud), or from the configuration; never \
            from the command line.
            """
    )

    @OptionGroup var arguments: ChoiceArguments

    func run() async throws { try await arguments.printChoices(for: "cluster") }
}
