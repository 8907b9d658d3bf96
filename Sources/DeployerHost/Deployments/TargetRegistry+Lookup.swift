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
    /// The target as something that only some targets are.
    /// - Parameters:
    ///   - protocol: the capability's protocol, for instance `(any Planning).self`.
    ///   - ability: what it does, in words that go on after `A target that`.
    /// - Throws: `TargetError` where the target lacks the capability.
    func capability<Capability>(_ protocol: Capability.Type, _ ability: String) throws(TargetError) -> Capability {
        if let capability = target as? Capability { return capability }
        throw TargetError(
            .unsupported,
            what: "The target \(manifest.id) does not support this",
            why: "it is no target that \(ability)",
            remedy: "Take another target; graphene-deployer targets lists them"
        )
    }
}
