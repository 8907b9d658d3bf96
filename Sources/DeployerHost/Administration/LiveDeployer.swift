internal import Synchronization

/// What a running host works with at the moment. A request takes it once and stays with it to its end, whatever is
/// taken over meanwhile.
final class LiveDeployer: Sendable {
    private let content: Mutex<Deployer>

    init(_ deployer: Deployer) { content = Mutex(deployer) }

    /// The host as it is now.
    var current: Deployer { content.withLock { $0 } }

    /// From now on new requests see another one.
    func replace(with deployer: Deployer) { content.withLock { $0 = deployer } }
}
