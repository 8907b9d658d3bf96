/// Is told what becomes of deployments, once it is kept. Must not block.
protocol DeploymentObserver: Sendable {
    /// - Parameters:
    ///   - record: the deployment with the event behind it.
    ///   - event: what happened.
    func observe(_ event: StoredEvent, of record: DeploymentRecord)
}
