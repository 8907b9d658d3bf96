internal import TargetContract

extension TargetRegistry {
    /// The target of that id.
    /// - Throws: `TargetError` that says which targets there are, and what became of the modules that did not load.
    func required(_ id: String) throws(TargetError) -> LoadedTarget {
        if let target = self[id] { return target }
        let known = loaded.map(\.manifest.id).joined(separator: ", ")
        let rejected = rejected.map(\.sentence).joined(separator: "; ")
        throw TargetError(
            rejected.isEmpty ? .invalidOption : .unavailable,
            what: "There is no target \(id)",
            why: (known.isEmpty ? "no target is loaded" : "loaded are \(known)")
                + (rejected.isEmpty ? "" : "; \(rejected)"),
            remedy: "Check the target's name and the section targets of the configuration"
        )
    }
}

extension LoadedTarget {
    /// Whether it can do what only some targets can.
    func can(_ ability: TargetAbility) -> Bool { hosted.abilities.contains(ability) }

    /// Refuses what the target cannot do.
    /// - Throws: `TargetError` that says so.
    func require(_ ability: TargetAbility) throws(TargetError) {
        guard can(ability) else { throw ability.missing(in: manifest.id) }
    }
}
