import ArgumentParser
import DeployerHost
import Documents
import Glibc
import Passes
import TargetContract

/// `graphene-deployer plan SOLUTIONID/REVISIONID`
struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Shows what would be deployed; changes nothing."
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var options: TargetOptionArguments

    @Argument(help: ArgumentHelp("The solution and its revision.", valueName: "solutionid/revisionid"))
    var solution: SolutionArgument

    @Option(name: .long, help: "The target whose passes are run; without it the standard ones are.")
    var target: String?

    @Flag(name: .long, help: "Prints the plan as JSON.")
    var json = false

    func run() async throws {
        if let target, !options.pairs.isEmpty { return try await preview(target) }
        let plan = try await common.deployer().plan(solution.reference, targetID: target)
        if json { return Terminal.print(data: try plan.prettyJSON()) }
        try PlanSummary(plan).lines.forEach { Terminal.print($0) }
        for note in plan.notes {
            let node = note.node.map { "node \"\($0)\" " } ?? ""
            Terminal.say("\(note.kind == .warning ? "warning" : "note"): \(node)\(note.text)")
        }
    }
}

extension PlanCommand {
    /// With options the target looks at its environment and tells what would change there.
    private func preview(_ target: String) async throws {
        let (plan, preview) = try await common.deployer().preview(
            solution.reference,
            targetID: target,
            options: options.values()
        )
        if json {
            let report: Document = [
                "digest": .string(try plan.digest()), "preview": try Document(encoding: preview),
            ]
            Terminal.print(data: JSONReport(report).bytes)
        } else {
            PreviewSummary(preview).lines.forEach { Terminal.print($0) }
        }
        if !preview.obstacles.isEmpty { Glibc.exit(ExitStatus.refused) }
    }
}

/// A plan in a few lines for a terminal.
struct PlanSummary {
    let lines: [String]

    init(_ plan: SolutionPlan) throws {
        let name = plan.name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        var lines = ["\(name) \(plan.version)\t\(plan.isSingleModel ? "single model" : "pipeline")"]
        lines += plan.nodes.map { "node\t\($0.name)\t\($0.image)" }
        lines += plan.sharedFolders.map { "shared folder\t\($0.path)\t\($0.consumers.joined(separator: ", "))" }
        if let orchestrator = plan.orchestrator {
            lines.append("orchestrator\t\(orchestrator.name)\t\(orchestrator.image)")
        }
        lines.append("digest\t\(try plan.digest())")
        self.lines = lines
    }
}
