import ArgumentParser
import DeployerHost
import TargetContract

/// `graphene-deployer logs SOLUTIONID/REVISIONID --target T`
struct LogsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "logs",
        abstract: "Prints what the containers of a deployment print.",
        discussion: "The catalogue is not needed."
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var options: TargetOptionArguments

    @Argument(help: ArgumentHelp("The solution and its revision.", valueName: "solutionid/revisionid"))
    var solution: SolutionArgument

    @Option(name: .long, help: "The target.")
    var target: String

    @Option(name: .long, help: "The one node to show, without its name before each line.")
    var node: String?

    @Flag(name: .long, help: "Goes on with new lines until Ctrl-C, or until the containers are gone.")
    var follow = false

    func run() async throws {
        let operations = try common.operations()
        let values = try options.values(for: operations.manifest(of: target))
        try await Interruption.cancelling { [reference = solution.reference, target, node, follow] in
            try await operations.logs(of: reference, node: node, follow: follow, targetID: target, options: values) {
                Terminal.print(node == nil ? "\($0.node) | \($0.text)" : $0.text)
            }
        }
    }
}
