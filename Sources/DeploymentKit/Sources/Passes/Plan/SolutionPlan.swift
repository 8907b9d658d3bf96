public import Blueprints
internal import Documents
internal import Secrets

/// What is to be deployed, independent of where: the outcome of the passes.
///
/// Immutable and content-addressed: two plans with one `digest` are the same plan, on any machine and at any time.
public struct SolutionPlan: Sendable, Hashable, Codable {
    /// Which solution this is the plan of.
    public let reference: SolutionReference
    /// The solution's name as its author wrote it.
    public let name: String
    /// The revision's version, as its author named it.
    public let version: String
    /// The containers, in the order of the blueprint.
    public let nodes: [PlannedNode]
    /// The shared folders in the order of the blueprint.
    public let sharedFolders: [PlannedFolder]
    /// Nil for a single model.
    public let orchestrator: PlannedOrchestrator?
    /// The rewritten blueprint.json as compact JSON, the text that the orchestrator reads; nil for a single model.
    public let blueprint: String?
    /// What was decided, in the order of the passes.
    public let notes: [PlanNote]

    init(draft: SolutionDraft) {
        reference = draft.source.reference
        name = draft.source.name
        version = draft.source.version
        nodes = draft.nodes
        sharedFolders = draft.sharedFolders
        orchestrator = draft.orchestrator
        blueprint = draft.blueprint?.document.jsonText()
        notes = draft.notes
    }

    /// Whether this is one model without an orchestrator.
    public var isSingleModel: Bool { blueprint == nil }

    /// The plan as canonical JSON (sorted members, no blanks).
    /// - Throws: never in practice; `EncodingError` is what the encoder's signature demands.
    public func canonicalJSON() throws -> [UInt8] { try Document(encoding: self).json(.canonical) }

    /// The plan as JSON for people, with a newline at its end.
    public func prettyJSON() throws -> [UInt8] { try Document(encoding: self).json(.pretty) }

    /// SHA-256 of the canonical JSON, 64 hexadecimal digits.
    public func digest() throws -> String { try SHA256(hashing: canonicalJSON()).hex }
}
