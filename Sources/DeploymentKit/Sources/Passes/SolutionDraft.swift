public import Blueprints

/// A solution on its way to a plan: what the passes read and change.
public struct SolutionDraft: Sendable {
    /// What the catalogue gave; never changed.
    public let source: SolutionSource
    /// The parsed blueprint of a pipeline, rewritten step by step; nil for a single model.
    public var blueprint: Blueprint?
    /// The names that authors gave, by the names that objects have now.
    public var originalNames: [String: String] = [:]
    /// The containers to run.
    public var nodes: [PlannedNode] = []
    /// The shared folders found so far.
    public var sharedFolders: [PlannedFolder] = []
    /// The orchestrator to add; nil for a single model.
    public var orchestrator: PlannedOrchestrator?
    /// What the modeller should know, in the order in which it was found.
    public var notes: [PlanNote] = []

    /// A draft in which nothing is decided.
    public init(source: SolutionSource) { self.source = source }

    /// The author's name for a node, for messages.
    public func originalName(of name: String) -> String { originalNames[name] ?? name }

    /// Adds a note to the plan.
    public mutating func note(_ kind: PlanNote.Kind, node: String? = nil, _ text: String) {
        notes.append(PlanNote(kind: kind, node: node, text: text))
    }
}
