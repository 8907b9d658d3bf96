import ArgumentParser
import DeployerHost
import Documents
import TargetContract

/// `graphene-deployer status SOLUTIONID/REVISIONID --target T`
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Says how a deployment is; exits with 1 if it has failed.",
        discussion: "The catalogue is not needed."
    )

    @OptionGroup var arguments: RunArguments

    @Flag(name: .long, help: "Prints JSON.")
    var json = false

    func run() async throws {
        let (operations, values) = try arguments.operations()
        let (reference, target) = (arguments.reference, arguments.target)
        let status = try await Interruption.cancelling {
            try await operations.status(of: reference, targetID: target, options: values)
        }
        if json {
            Terminal.print(data: JSONReport(try Document(encoding: status)).bytes)
        } else {
            Self.lines(status).forEach { Terminal.print($0) }
        }
        if status.state == .failed {
            throw NegativeResult(description: "the deployment of \(reference) on \(target) has failed")
        }
    }

    private static func lines(_ status: DeploymentStatus) -> [String] {
        let nodes = status.nodes.map { node in
            let why = [node.reason, node.remedy].compactMap(\.self).joined(separator: ". ")
            return "node\t\(node.name)\t\(node.state.rawValue)" + (why.isEmpty ? "" : "\t\(why)")
        }
        return [status.state.rawValue] + nodes + status.links.map { "link\t\($0.title)\t\($0.url)" }
    }
}
