/// Why the engine does not take a request.
enum EngineError: Error, Sendable, Hashable {
    /// There is no such deployment, or it is somebody else's.
    case unknown
    /// As many wait as may.
    case full
    /// The host is being stopped.
    case draining
    /// Something is being done with the deployment already, or it is in no state for this.
    case wrongState(DeploymentState, DeploymentOperation?)
    /// A newer deployment has taken its place; its id.
    case replaced(by: String)
    /// Another deployment works at the same place; its id, if it is the same user's.
    case placeTaken(deployment: String?)
    /// The options lead to another place than that of the deployment.
    case otherPlace
    /// The key of a request was used for another one before.
    case keyReused
}
