/// A target that can list values for some of its options, as they are at the moment: those with `hasChoices`.
public protocol OptionChoosing: DeploymentTarget {
    /// Values that an option can have, the likeliest first. Any other value may be given all the same.
    /// - Parameters:
    ///   - option: the name of an option with `hasChoices`.
    ///   - given: what the user has given so far, checked one by one; nothing need be there.
    /// - Throws: `TargetError` where it cannot be told, with what is missing.
    func choices(for option: String, given: OptionValues) async throws -> [OptionChoice]
}

/// A value that an option can have.
public struct OptionChoice: Sendable, Hashable, Codable {
    /// The value to give.
    public var value: String
    /// What people call it.
    public var label: String
    /// What tells it from the others, or why it is not available.
    public var help: String?
    /// Whether it can be taken now.
    public var isAvailable: Bool

    /// Takes over the parts as they are.
    /// - Parameter label: nil for the value itself.
    public init(value: String, label: String? = nil, help: String? = nil, isAvailable: Bool = true) {
        self.value = value
        self.label = label ?? value
        self.help = help
        self.isAvailable = isAvailable
    }
}
