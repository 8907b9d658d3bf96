import ArgumentParser
import Documents
import Glibc

extension DeploymentsCommand {
    /// `graphene-deployer deployments show ID`
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "Prints how a deployment is: its state, place, phases, nodes and links, and why it failed."
        )

        @OptionGroup var arguments: DeploymentArguments

        @Flag(name: .long, help: "Prints JSON.")
        var json = false

        func run() async throws {
            try await arguments.run { [json] service, id in
                let deployment = try await service.document("deployments", id)
                if json { return Terminal.print(data: JSONReport(deployment).bytes) }
                let report = DeploymentReport(deployment, at: Terminal.now())
                let lines = isatty(STDOUT_FILENO) == 1 ? report.aligned : report.separated
                for line in lines { Terminal.print(line) }
            }
        }
    }
}
