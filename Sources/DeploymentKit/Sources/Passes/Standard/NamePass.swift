internal import Blueprints

/// Gives every container a name that Kubernetes accepts, one and the same in the blueprint, in dockerinfo, in the keys
/// of the protobuf files and in the objects.
///
/// Names that are valid stay; upper case becomes lower case; everything else gets a suffix made of its own hash, so
/// that two names which fold to the same text remain two.
public struct NamePass: SolutionPass {
    /// The orchestrator's name, and that of the API server's own Service in the namespace `default`.
    static let reserved: Set<String> = ["orchestrator", "kubernetes"]

    /// The pass has no settings.
    public init() {}

    /// Renames the containers of the blueprint and remembers their original names.
    public func apply(to draft: inout SolutionDraft) throws(Refusal) {
        guard var blueprint = draft.blueprint else { return }
        let originals = blueprint.nodes.filter(\.kind.runsContainer).map(\.containerName)
        let others = blueprint.nodes.filter { !$0.kind.runsContainer }.map(\.containerName)
        let names = assignNames(to: originals, beside: others)
        for original in originals {
            guard let name = names[original] else { continue }
            draft.originalNames[name] = original
            if name != original { draft.note(.information, node: original, "is deployed under the name \(name)") }
        }
        blueprint.rename(names)
        draft.blueprint = blueprint
    }

    /// Names that need no more than lower case come first, so that a repaired name never takes a valid one's place. Nor
    /// does it take that of a node without a container, which later passes remove by its name.
    private func assignNames(to originals: [String], beside others: [String]) -> [String: String] {
        let simple = Set(originals.map(ObjectName.asciiLowercased).filter(ObjectName.isValid))
        let kept = simple.filter { !isReserved($0, beside: simple) }
        var taken = simple.union(Self.reserved).union(others.map(ObjectName.asciiLowercased))
        var names: [String: String] = [:]
        for original in originals {
            let lowered = ObjectName.asciiLowercased(original)
            if kept.contains(lowered) {
                names[original] = lowered
            } else {
                let name = ObjectName.repairing(original, fallback: "node") { taken.contains($0) }
                taken.insert(name)
                names[original] = name
            }
        }
        return names
    }

    /// `xwebui` beside `x` would be the name of the second Service of `x`.
    private func isReserved(_ name: String, beside names: Set<String>) -> Bool {
        Self.reserved.contains(name) || (name.hasSuffix("webui") && names.contains(String(name.dropLast(5))))
    }
}
