import ArgumentParser

/// The command line: one subcommand per file in `Commands/`.
struct GrapheneDeployer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "graphene-deployer",
        abstract: "Brings Eclipse Graphene solutions to execution environments.",
        discussion: """
            Exit codes: 0 done, 1 refused by input or failed as a deployment, 2 wrong usage, 3 the environment (catalogue,
            target, file system) failed, 130 interrupted.
            """,
        subcommands: [
            ServeCommand.self, TargetsCommand.self, PlanCommand.self, RenderCommand.self, DeployCommand.self,
            StatusCommand.self, LogsCommand.self, UndeployCommand.self, ModuleCommand.self, ConfigCommand.self,
        ]
    )
}

/// Runs the command and turns whatever it throws into one message and one of four exit codes.
@main
enum Main {
    static func main() async {
        do {
            var command = try GrapheneDeployer.parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            Terminal.exit(with: error)
        }
    }
}
