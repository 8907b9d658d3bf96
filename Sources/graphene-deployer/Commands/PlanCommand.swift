import ArgumentParser
import Blueprints
import DeployerHost
import Documents
import Passes
import TargetContract

/// `graphene-deployer plan SOLUTIONID/REVISIONID`
struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Shows what would be deployed; changes nothing."
    )

    @OptionGroup var common: CommonOptions

    @Argument(help: ArgumentHelp("The solution and its revision.", valueName: "solutionid/revisionid"))
    var solution: SolutionArgument

    @OptionGroup var options: TargetOptionArguments
    @OptionGroup var cloud: CloudArguments

    @Option(name: .long, help: "The target whose passes are run; without it the standard ones are.")
    var target: String?

    @Flag(
        name: .long,
        help: """
            Compares with what is in the target's environment; options for the target imply it. Exits with 1 if \
            something stands in the way of a deployment.
            """
    )
    var diff = false

    @Flag(name: .long, help: "Prints JSON.")
    var json = false

    func validate() throws {
        guard target != nil || !diff && options.pairs.isEmpty else {
            throw ValidationError("--diff and --option need a --target")
        }
    }

    func run() async throws {
        if let target, diff || !options.pairs.isEmpty { return try await preview(on: target) }
        let deployer = try common.deployer()
        let plan = try await deployer.plan(solution.reference, targetID: target)
        if json { return Terminal.print(data: try plan.prettyJSON()) }
        try PlanSummary(plan).lines.forEach { Terminal.print($0) }
        sayNotes(of: plan)
    }

    private func sayNotes(of plan: SolutionPlan) {
        for note in plan.notes {
            let node = note.node.map { "node \"\($0)\" " } ?? ""
            Terminal.say("\(note.kind == .warning ? "warning" : "note"): \(node)\(note.text)")
        }
    }

    /// What a deployment with these options would do.
    private func preview(on target: String) async throws {
        let (configuration, defaults) = try cloud.listing(in: common.load(), target: target, given: options.names)
        let deployer = try Deployer(configuration: configuration, log: CommonOptions.log)
        let values = defaults.merging(try options.values(for: deployer.manifest(of: target))) { $1 }
        let (plan, preview) = try await Interruption.cancelling { [reference = solution.reference] in
            try await deployer.preview(reference, targetID: target, options: values)
        }
        if json {
            let document: Document = [
                "solution": .string("\(solution.reference)"), "target": .string(target),
                "digest": .string(try plan.digest()), "preview": try Document(encoding: preview),
            ]
            Terminal.print(data: JSONReport(document).bytes)
        } else {
            Terminal.print("digest\t\(try plan.digest())")
            let summary = PreviewSummary(preview)
            summary.lines.forEach { Terminal.print($0) }
            sayNotes(of: plan)
            summary.findings.forEach { Terminal.say($0) }
        }
        guard preview.obstacles.isEmpty else {
            throw NegativeResult(description: "\(solution.reference) cannot be deployed on \(target) like this")
        }
    }
}
