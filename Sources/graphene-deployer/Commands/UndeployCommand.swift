import ArgumentParser
import DeployerHost
import TargetContract

/// `graphene-deployer undeploy SOLUTIONID/REVISIONID --target T`
struct UndeployCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "undeploy",
        abstract: "Takes away what was deployed of a solution, whatever its revision, and nothing else.",
        discussion: "The catalogue is not needed."
    )

    @OptionGroup var arguments: RunArguments

    @Flag(name: .long, help: "Prints one JSON object at the end.")
    var json = false

    @Flag(name: .long, help: "Prints what happens, a line for each event, to standard error.")
    var follow = false

    func run() async throws {
        let (operations, values) = try arguments.operations()
        let run = DeploymentRun(arguments, json: json, follow: follow)
        try await run.removal { [reference = arguments.reference, target = arguments.target] report in
            try await operations.undeploy(reference, targetID: target, options: values, report: report)
        }
    }
}
