/// A target whose deployments have places, of which each must have one deployment at work at most.
public protocol Placing: DeploymentTarget {
    /// Where a deployment with these options goes; nil for nowhere in particular. Asked before every deployment, so it
    /// makes no calls.
    /// - Throws: `TargetError` where the options do not say so.
    func place(for options: OptionValues) throws -> DeploymentPlace?
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
