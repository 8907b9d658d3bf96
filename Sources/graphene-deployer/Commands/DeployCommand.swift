import ArgumentParser
import DeployerHost
import Documents
import Files
import TargetContract

/// `graphene-deployer deploy SOLUTIONID/REVISIONID --target T --option name=value …`
struct DeployCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deploy",
        abstract: "Deploys a solution and waits until it runs."
    )

    @OptionGroup var arguments: TargetArguments

    @Flag(name: .long, help: "Prints progress to standard error while it goes on.")
    var follow = false

    @Flag(name: .long, help: "Prints the outcome and all events as JSON.")
    var json = false

    @Option(name: .shortAndLong, help: "Where to write the file that the target hands over, if it does.")
    var output: String?

    func run() async throws {
        let values = try arguments.options.values()
        let deployer = try arguments.common.deployer()
        let printer = EventPrinter(isLive: follow)
        let reference = arguments.solution.reference, target = arguments.target
        let outcome = try await Interruption.guarding {
            try await deployer.deploy(reference, targetID: target, options: values) { printer.take($0) }
        } farewell: {
            printer.farewell()
        }
        if let output, let artifact = outcome.artifact { try AtomicFile.write(artifact.bytes, to: output) }
        if json {
            try Terminal.print(data: report(outcome, printer.all).bytes)
        } else {
            Terminal.print(outcome.state.rawValue)
            for link in outcome.links { Terminal.print("\(link.title)\t\(link.url)") }
            if let output, outcome.artifact != nil { Terminal.say("wrote \(output)") }
            if output == nil, let artifact = outcome.artifact {
                Terminal.say("\(artifact.fileName) was not written; name a file with --output")
            }
        }
    }

    private func report(_ outcome: DeploymentOutcome, _ events: [DeploymentEvent]) throws -> JSONReport {
        JSONReport([
            "state": .string(outcome.state.rawValue),
            "links": try Document(encoding: outcome.links),
            "events": try Document(encoding: events),
        ])
    }
}
