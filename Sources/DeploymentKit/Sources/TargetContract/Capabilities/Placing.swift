/// A target whose deployments each have a place of their own, where no second one may be at work at the same time.
public protocol Placing: DeploymentTarget {
    /// Where a deployment with these options goes. Asked before every deployment, so it makes no calls.
    /// - Throws: `TargetError` where the options do not say so.
    func place(for options: OptionValues) throws -> DeploymentPlace
}

/// Where a deployment goes: never a credential.
public struct DeploymentPlace: Sendable, Hashable, Codable {
    /// The environment, for instance the URL of an API server.
    public var server: String
    /// The part of it, for instance a namespace.
    public var namespace: String

    /// Takes over the parts as they are.
    public init(server: String, namespace: String) {
        self.server = server
        self.namespace = namespace
    }
}
