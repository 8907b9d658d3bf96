import ArgumentParser
import DeployerHost
import TargetContract

/// `graphene-deployer rerun SOLUTIONID/REVISIONID --target T`
struct RerunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rerun",
        abstract: "Starts a deployed pipeline from its beginning, without deploying it again."
    )

    @OptionGroup var arguments: RunArguments

    @Flag(name: .long, help: "Prints one JSON object at the end.")
    var json = false

    @Flag(name: .long, help: "Prints what happens, a line for each event, to standard error.")
    var follow = false

    func run() async throws {
        let (deployer, values) = try arguments.deployer()
        let run = DeploymentRun(arguments, json: json, follow: follow)
        try await run.outcome { [reference = arguments.reference, target = arguments.target] report in
            try await deployer.rerun(reference, targetID: target, options: values, report: report)
        }
    }
}
