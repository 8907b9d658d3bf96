import ArgumentParser
import DeployerHost
import Documents
import Glibc
import TargetContract

/// `graphene-deployer status SOLUTIONID/REVISIONID --target T --option name=value …`
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Tells how a deployed solution is; exits with 1 if it has failed."
    )

    @OptionGroup var arguments: TargetArguments

    @Flag(name: .long, help: "Prints the status as JSON.")
    var json = false

    func run() async throws {
        let deployer = try arguments.common.deployer()
        let status = try await deployer.status(
            of: arguments.solution.reference,
            targetID: arguments.target,
            options: arguments.options.values()
        )
        if json {
            Terminal.print(data: JSONReport(try Document(encoding: status)).bytes)
        } else {
            Terminal.print(status.state.rawValue)
            for node in status.nodes {
                let remedy = node.remedy.map { ". \($0)." } ?? ""
                Terminal.print("\(node.name)\t\(node.state.rawValue)\t\(node.reason ?? "")\(remedy)")
            }
        }
        if status.state == .failed { Glibc.exit(ExitStatus.refused) }
    }
}
