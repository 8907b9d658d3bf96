import ArgumentParser

extension DeploymentsCommand {
    /// `graphene-deployer deployments undeploy ID`
    struct Undeploy: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "undeploy",
            abstract: "Takes away what was deployed.",
            discussion: "Options are those of before; secret ones are not kept, and have to be presented again."
        )

        @OptionGroup var arguments: DeploymentArguments
        @OptionGroup var options: TargetOptionArguments
        @OptionGroup var following: FollowArguments

        func validate() throws { try arguments.validate(options) }

        func run() async throws {
            try await arguments.run { [arguments, options, following] service, id in
                let body = try await arguments.body(options, service, id)
                try await following.send(.init(method: "DELETE", path: ["deployments", id], body: body), service, id)
            }
        }
    }
}
