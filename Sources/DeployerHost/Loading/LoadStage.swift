/// The steps of loading a module, in their order. After a step with problems no later one is taken.
public enum LoadStage: String, Sendable, Hashable, Codable, CaseIterable {
    /// Name, place, kind, owner and rights of the file.
    case file
    /// The digest that the configuration asks for.
    case digest
    /// The ELF headers and the module's note, read without running the module.
    case note
    /// `dlopen`: from here on, code of the module runs.
    case library
    /// The entry point and what it returns.
    case entry
    /// Contract versions that host and module have in common.
    case contract
    /// What the target says of itself.
    case manifest
    /// The target's own initialiser.
    case start
    /// What the configuration asks of the target.
    case limits
}
