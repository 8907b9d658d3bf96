import ArgumentParser
import DeployerHost
import TargetContract

/// `graphene-deployer logs SOLUTIONID/REVISIONID --target T --option name=value …`
struct LogsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "logs",
        abstract: "Prints what the containers of a deployed solution print."
    )

    @OptionGroup var arguments: TargetArguments

    @Option(name: .long, help: "Only this node, by its name in the plan.")
    var node: String?

    @Flag(name: .long, help: "Goes on with new lines until Ctrl-C.")
    var follow = false

    func run() async throws {
        let values = try arguments.options.values()
        let deployer = try arguments.common.deployer()
        let reference = arguments.solution.reference, target = arguments.target
        let node = node, follow = follow
        try await Interruption.guarding {
            try await deployer.logs(of: reference, node: node, follow: follow, targetID: target, options: values) {
                Terminal.print(node == nil ? "\($0.node) | \($0.text)" : $0.text)
            }
        } farewell: {
        }
    }
}
