public import Blueprints

/// The passes that make a plan of a solution.
public struct PassPipeline: Sendable {
    /// The passes in the order in which they run.
    public let passes: [any SolutionPass]

    /// A pipeline of these passes, in this order.
    public init(passes: [any SolutionPass]) { self.passes = passes }

    /// The passes every target shares, in their order.
    /// - Parameter orchestratorImage: the image reference of the orchestrator that pipelines get.
    public static func standard(orchestratorImage: String) -> PassPipeline {
        PassPipeline(passes: [
            ParsePass(),
            NamePass(),
            SharedFolderPass(),
            ModelPass(),
            RoutingPass(),
            InterfacePass(),
            OrchestratorPass(image: orchestratorImage),
        ])
    }

    /// Runs all passes over a solution.
    /// - Throws: `Refusal` of the first pass that refuses.
    public func run(on source: SolutionSource) throws(Refusal) -> SolutionPlan {
        var draft = SolutionDraft(source: source)
        for remark in source.remarks { draft.note(.information, remark) }
        for pass in passes { try pass.apply(to: &draft) }
        return SolutionPlan(draft: draft)
    }
}
