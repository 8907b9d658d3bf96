import ArgumentParser
import DeployerHost
import TargetContract

/// `graphene-deployer deploy SOLUTIONID/REVISIONID --target T`
struct DeployCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deploy",
        abstract: "Brings a solution to a target, and stays until it runs, is handed over, or has failed."
    )

    @OptionGroup var arguments: RunArguments

    @Option(name: .shortAndLong, help: "Where to write the file, for targets that hand one over.")
    var output: String?

    @Flag(name: .long, help: "Prints one JSON object at the end.")
    var json = false

    @Flag(name: .long, help: "Prints what happens, a line for each event, to standard error.")
    var follow = false

    func run() async throws {
        let (deployer, values) = try arguments.deployer()
        let run = DeploymentRun(arguments, json: json, follow: follow, output: output)
        try await run.outcome { [reference = arguments.reference, target = arguments.target] report in
            try await deployer.deploy(reference, targetID: target, options: values, report: report)
        }
    }
}
