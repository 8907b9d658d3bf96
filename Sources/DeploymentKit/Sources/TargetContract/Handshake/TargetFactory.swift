/// Makes the target of a module; the host gets it through the module's entry.
public final class TargetFactory: Sendable {
    private let type: any DeploymentTarget.Type

    /// The factory of a type.
    public init(_ type: any DeploymentTarget.Type) { self.type = type }

    /// What the target says of itself.
    public var manifest: TargetManifest { type.manifest }

    /// Makes the target ready for use.
    /// - Throws: what the target's initialiser throws.
    public func make(settings: TargetSettings, services: TargetServices) throws -> any DeploymentTarget {
        try type.init(settings: settings, services: services)
    }
}
