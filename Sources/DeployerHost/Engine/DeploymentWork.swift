/// Tells work on deployments, of which the engine does a bounded number at once, from everything else.
enum DeploymentWork {
    /// Whether the task works on a deployment.
    @TaskLocal static var isUnderWay = false
}
