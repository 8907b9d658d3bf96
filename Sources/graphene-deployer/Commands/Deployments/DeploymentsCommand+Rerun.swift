import ArgumentParser

extension DeploymentsCommand {
    /// `graphene-deployer deployments rerun ID`
    struct Rerun: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rerun",
            abstract: "Starts the pipeline of a running deployment anew, or deploys one that has ended again.",
            discussion: "Options are those of before; secret ones are not kept, and have to be presented again."
        )

        @OptionGroup var arguments: DeploymentArguments
        @OptionGroup var options: TargetOptionArguments
        @OptionGroup var following: FollowArguments

        func validate() throws { try arguments.validate(options) }

        func run() async throws {
            try await arguments.run { [arguments, options, following] service, id in
                let body = try await arguments.body(options, service, id)
                try await following.send(
                    .init(method: "POST", path: ["deployments", id, "rerun"], body: body), service, id
                )
            }
        }
    }
}
