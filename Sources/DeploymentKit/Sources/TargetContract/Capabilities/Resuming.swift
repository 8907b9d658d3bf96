/// A target that can go on with a deployment without its user, where its credentials are the administrator's.
public protocol Resuming: DeploymentTarget {
    /// Whether a deployment that the end of the host has interrupted can be made again with what the host keeps of
    /// its options, which is no secret. Makes no calls.
    ///
    /// The host asks only where the user gave no secret at all, so that nothing of the wish is missing.
    func canResume(with options: OptionValues) -> Bool
}
