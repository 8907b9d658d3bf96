/// The phases in which the work on a deployment goes on, in their order. A target passes through those it has.
public struct DeploymentPhase: RawRepresentable, Sendable, Hashable, Codable {
    /// The phase as it is written in JSON.
    public let rawValue: String
    /// A phase by its text, also one that this version does not know.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The environment is looked at, and what to do is decided; nothing is written yet.
    public static let planning = DeploymentPhase(rawValue: "planning")
    /// Objects are made or changed.
    public static let applying = DeploymentPhase(rawValue: "applying")
    /// What was made has to become ready.
    public static let waiting = DeploymentPhase(rawValue: "waiting")
    /// The pipeline is initialised and started.
    public static let starting = DeploymentPhase(rawValue: "starting")
    /// What was deployed is taken away.
    public static let removing = DeploymentPhase(rawValue: "removing")
}
