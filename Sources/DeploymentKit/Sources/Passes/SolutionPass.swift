/// One step on the way from a solution to its plan.
///
/// Passes are pure: no input or output, no clock, no global state. They run in order, each on what the one before
/// left; a target may put passes of its own behind the standard ones.
///
/// ```swift
/// struct MirrorPass: SolutionPass {
///     func apply(to draft: inout SolutionDraft) throws(Refusal) {
///         for index in draft.nodes.indices { draft.nodes[index].image = "mirror.example.org/" + draft.nodes[index].image }
///     }
/// }
/// ```
public protocol SolutionPass: Sendable {
    /// Changes the draft.
    /// - Throws: `Refusal` where the solution cannot be deployed, with the node, the field and the remedy.
    func apply(to draft: inout SolutionDraft) throws(Refusal)
}
