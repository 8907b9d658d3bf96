/// What happens when the portal opens the address of a target.
public enum TargetEntry: String, Sendable, CaseIterable {
    /// A page shows what would be deployed; its button deploys.
    case page
    /// The solution is deployed at once, and the answer leads to where it is: what portals expect of a playground.
    case immediate
}

extension Configuration {
    /// What happens when the portal opens a target's address.
    func entry(of target: LoadedTarget) -> TargetEntry {
        targets.first { $0.module == target.module }?.entry ?? .page
    }
}
