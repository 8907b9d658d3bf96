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

    @OptionGroup var arguments: RunArguments

    @Option(name: .long, help: "The one node to show, without its name before each line.")
    var node: String?

    @Flag(name: .long, help: "Goes on with new lines until Ctrl-C, or until the containers are gone.")
    var follow = false

    func run() async throws {
        let (operations, values) = try arguments.operations()
        let (reference, target) = (arguments.reference, arguments.target)
        try await Interruption.cancelling { [node, follow] in
            try await operations.logs(of: reference, node: node, follow: follow, targetID: target, options: values) {
                Terminal.print(node == nil ? "\($0.node) | \($0.text)" : $0.text)
            }
        }
    }
}
