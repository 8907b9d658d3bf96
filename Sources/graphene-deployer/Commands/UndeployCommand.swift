import ArgumentParser
import DeployerHost
import TargetContract

/// `graphene-deployer undeploy SOLUTIONID/REVISIONID --target T --option name=value …`
struct UndeployCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "undeploy",
        abstract: "Removes what was deployed of a solution and waits until it is gone."
    )

    @OptionGroup var arguments: TargetArguments

    func run() async throws {
        let values = try arguments.options.values()
        let deployer = try arguments.common.deployer()
        let printer = EventPrinter(isLive: true)
        let reference = arguments.solution.reference, target = arguments.target
        try await Interruption.guarding {
            try await deployer.undeploy(reference, targetID: target, options: values) { printer.take($0) }
        } farewell: {
            printer.farewell()
        }
    }
}
