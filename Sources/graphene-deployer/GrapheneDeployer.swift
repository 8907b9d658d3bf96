import ArgumentParser
import DeployerHost

/// The command line: one subcommand per file in `Commands/`.
struct GrapheneDeployer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "graphene-deployer",
        abstract: "Brings Eclipse Graphene solutions to execution environments.",
        discussion: """
            Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 3 the environment (catalogue, target, file system) \
            is out of order, 130 and 143 interrupted by Ctrl-C and SIGTERM.
            """,
        version: HostVersion.current,
        subcommands: [
            ServeCommand.self, TargetsCommand.self, PlanCommand.self, RenderCommand.self, DeployCommand.self,
            StatusCommand.self, LogsCommand.self, RerunCommand.self, UndeployCommand.self, ClustersCommand.self,
            ChoicesCommand.self, DeploymentsCommand.self, ModuleCommand.self, NewTargetCommand.self,
            ConfigCommand.self, WorkerCommand.self,
        ]
    )
}

/// Runs the command and turns whatever it throws into one message and one exit code.
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
        Terminal.end(0)
    }
}
