internal import Blueprints

/// Adds the orchestrator to a pipeline. A single model has none: whoever uses it calls it.
public struct OrchestratorPass: SolutionPass {
    private let image: String

    /// - Parameter image: the image reference of the generic parallel orchestrator.
    public init(image: String) { self.image = image }

    /// Adds the orchestrator where there is a blueprint.
    public func apply(to draft: inout SolutionDraft) throws(Refusal) {
        guard let blueprint = draft.blueprint else { return }
        guard !image.isEmpty, ImageReference.problem(of: image) == nil else {
            throw Refusal(
                node: nil,
                field: "orchestrator.image",
                problem: "The image of the orchestrator is not configured",
                remedy: "Ask the administrator to set orchestrator.image"
            )
        }
        let operations = blueprint.nodes.reduce(0) { $0 + $1.operations.count }
        draft.orchestrator = PlannedOrchestrator(image: image, operationCount: operations)
    }
}
