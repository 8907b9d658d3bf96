import Passes

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
